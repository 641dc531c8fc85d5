import fc from 'fast-check';

/** Tests draw the same cases each time, so that what fails here fails elsewhere; `npm run fuzz` draws others. */
fc.configureGlobal({ seed: Number(process.env['FUZZ_SEED'] ?? 20_261_121) });

export { fc };
