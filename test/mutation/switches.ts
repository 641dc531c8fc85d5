/** What Stryker's instrumenter reads and writes in a process whose sources it mutated. */
export interface Switches {
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  /** Above `hitLimit` the mutated code throws: an endless loop ends. */
  hitCount?: number | undefined;
  hitLimit?: number | undefined;
  /** Hits of each mutant: while modules load, and by each test. */
  mutantCoverage: {
    readonly static: Readonly<Record<string, number>>;
    readonly perTest: Readonly<Record<string, Readonly<Record<string, number>>>>;
  };
}

const place: { __stryker__?: Partial<Switches> } = globalThis as object;

/** The switches of this process, which the mutated code may have made before: all off, until somebody sets one. */
export function switches(): Switches {
  place.__stryker__ ??= {};
  const { mutantCoverage = { static: {}, perTest: {} } } = place.__stryker__;
  return Object.assign(place.__stryker__, { mutantCoverage });
}
