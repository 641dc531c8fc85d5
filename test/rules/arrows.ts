/** Which rooms a room may know; `bin` composes and may know all. */
export const ARROWS: Readonly<Record<string, readonly string[]>> = {
  trust: [],
  io: [],
  report: ['io', 'trust'],
  retry: ['io', 'report', 'trust'],
  rest: ['io', 'report', 'retry', 'trust'],
  inputs: ['report', 'trust'],
  sources: ['io', 'report', 'retry', 'trust'],
  sessions: ['inputs', 'io', 'trust'],
  login: ['inputs', 'io', 'report', 'rest', 'retry', 'sessions', 'sources', 'trust'],
  endpoint: [],
  cli: ['inputs', 'report', 'trust'],
  validate: ['io', 'report', 'rest', 'retry', 'trust'],
  emulator: [],
};
