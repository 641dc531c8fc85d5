/** Ends the process with the given status once all output is written: sockets of given-up requests do not hold it. */
export async function exitAfterOutput(status: Promise<number>): Promise<never> {
  const code = await status;
  await new Promise((resolve) => process.stdout.write('', resolve));
  process.exit(code);
}

/**
 * Does something that takes no time to its end, although the job is cancelled meanwhile: no half of it is left. The
 * runner says so by SIGINT and SIGTERM, on Windows by Ctrl+C and Ctrl+Break (SIGBREAK).
 */
export async function uninterrupted(work: () => Promise<void>): Promise<void> {
  const wait = () => undefined;
  const signals = ['SIGINT', 'SIGTERM', 'SIGBREAK'] as const;
  for (const signal of signals) process.on(signal, wait);
  try {
    await work();
  } finally {
    for (const signal of signals) process.off(signal, wait);
  }
}
