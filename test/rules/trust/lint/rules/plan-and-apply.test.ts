import { expect, test } from 'vitest';
import { exact, github, job, lintOf, severityOf, WRITER, workflow } from '../facts.ts';

const MAIN = exact('repo:org@1/app@2:ref:refs/heads/main');
const PULL = exact('repo:org@1/app@2:pull_request', { name: 'p' });
const PROD = exact('repo:org@1/app@2:environment:prod', { name: 'e' });

test('plan and apply meet in an environment that both kinds of runs name', () => {
  const both = workflow({ events: ['pull_request', 'push'], jobs: [job({ environment: 'PROD' })] });
  const pushOnly = workflow({ events: ['push'], jobs: [job({ environment: 'prod' })] });
  const planOnly = workflow({ events: ['pull_request'], jobs: [job({ environment: 'prod' })] });
  const shared = (credentials: ReturnType<typeof exact>[], ...workflows: ReturnType<typeof workflow>[]) =>
    severityOf(
      lintOf(credentials, { roles: WRITER, github: github({ workflows }) }),
      'plan-and-apply-shared',
    );
  expect(shared([PROD], both)).toBe('high');
  expect(shared([PROD], pushOnly)).toBe(null);
  expect(shared([PROD], planOnly)).toBe(null);
  expect(shared([PROD, MAIN], planOnly)).toBe('high');
  expect(shared([PULL, PROD], planOnly)).toBe(null);
  expect(shared([PULL, PROD])).toBe('high');
  expect(shared([PULL])).toBe(null);
});
