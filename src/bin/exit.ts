/** Ends the process with the given status once all output is written: sockets of given-up requests do not hold it. */
export async function exitAfterOutput(status: Promise<number>): Promise<never> {
  const code = await status;
  await new Promise((resolve) => process.stdout.write('', resolve));
  process.exit(code);
}
