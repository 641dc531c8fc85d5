/** Milliseconds that the work takes of the processor, not of the clock: other processes may be busy. */
export function processorMs(work: () => void): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}
