import fc from 'fast-check';

const { FUZZ_SEED = 20_261_121, PROPERTY_MILLISECONDS } = process.env;

/**
 * Tests draw the same cases each time, so that what fails here fails elsewhere; `npm run fuzz` draws others, and
 * `npm run mutation`, which runs them thousands of times, as many as there is time for.
 */
fc.configureGlobal({
  seed: Number(FUZZ_SEED),
  ...(PROPERTY_MILLISECONDS ? { interruptAfterTimeLimit: Number(PROPERTY_MILLISECONDS) } : {}),
});

export { fc };
