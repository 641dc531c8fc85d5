import { data, Evaluator, Lexer, Parser } from '@actions/expressions';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { read } from '../docs/documents.ts';

const { jobs } = parse(read('.github/workflows/validate-many.yml')) as {
  jobs: Readonly<Record<string, { readonly if: string }>>;
};

/** What GitHub's own evaluator makes of the condition of a job, for one value of the input of its name. */
function runs(job: string, value: string): boolean {
  const [, condition = ''] = /^\$\{\{ (.+) \}\}$/.exec(jobs[job]?.if ?? '') ?? [];
  const inputs = new data.Dictionary({ key: job, value: new data.StringData(value) });
  const contexts = new data.Dictionary({ key: 'inputs', value: inputs });
  const expression = new Parser(new Lexer(condition).lex().tokens, ['inputs'], []).parse();
  return new Evaluator(expression, contexts).evaluate().coerceString() === 'true';
}

test.each(['environments', 'repositories'])('no list of %s starts no job', (job) => {
  for (const none of ['[]', '[ ]', '[]\n', '\n[\n]\n', '', 'null']) expect(runs(job, none), none).toBe(false);
});

test.each(['environments', 'repositories'])('a list of %s starts its jobs', (job) => {
  const one = '{"environment": "staging", "client-id": "x"}';
  for (const list of [`[${one}]`, ` [ ${one}, ${one} ]\n`]) expect(runs(job, list), list).toBe(true);
});
