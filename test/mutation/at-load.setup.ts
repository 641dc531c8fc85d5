import { inject } from 'vitest';
import { switches } from './switches.ts';

declare module 'vitest' {
  interface ProvidedContext {
    mutant: string;
  }
}

// Before any module of the sources loads.
Object.assign(switches(), { activeMutant: inject('mutant'), hitCount: 0, hitLimit: 1_000_000 });
