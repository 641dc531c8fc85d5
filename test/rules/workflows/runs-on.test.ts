import { data, Evaluator, Lexer, Parser } from '@actions/expressions';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { read } from '../docs/documents.ts';
import { REUSABLE } from './workflows.ts';

const jobs = REUSABLE.flatMap((path) => {
  const workflow = parse(read(path)) as { jobs: Readonly<Record<string, { readonly 'runs-on': string }>> };
  return Object.entries(workflow.jobs).map(([name, job]) => ({ path, name, runsOn: job['runs-on'] }));
});

/** The labels that GitHub's own evaluator makes of `runs-on`, for one value of the input. */
function labels(runsOn: string, value: string): unknown {
  const [, expression = ''] = /^\$\{\{ (.+) \}\}$/.exec(runsOn) ?? [];
  const inputs = new data.Dictionary({ key: 'runs-on', value: new data.StringData(value) });
  const contexts = new data.Dictionary({ key: 'inputs', value: inputs });
  const tree = new Parser(new Lexer(expression).lex().tokens, ['inputs'], []).parse();
  return JSON.parse(JSON.stringify(new Evaluator(tree, contexts).evaluate(), data.replacer));
}

test.each(jobs)('$path: the job $name runs where one label or several say', ({ runsOn }) => {
  expect(labels(runsOn, 'ubuntu-latest')).toBe('ubuntu-latest');
  expect(labels(runsOn, '["self-hosted", "gcp"]')).toEqual(['self-hosted', 'gcp']);
  expect(() => labels(runsOn, '[self-hosted]')).toThrow();
});
