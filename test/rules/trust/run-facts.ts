import type { RunFacts } from '../../../src/trust/subject/predict.ts';

/** A push to the main branch of a repository whose ids are known, but for what is said to be otherwise. */
export function run(facts: Partial<RunFacts>): RunFacts {
  return {
    repository: 'octo-org/octo-repo',
    ownerId: '65',
    repositoryId: '74',
    eventName: 'push',
    ref: 'refs/heads/main',
    environment: null,
    template: null,
    claims: {},
    ...facts,
  };
}
