import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { unknownEvent } from '../../../src/cli/events.ts';
import { subjectCommand } from '../../../src/cli/subject.ts';

test.each([
  ['psuh', /; near it: push$/],
  ['pull_requests', /; near it: pull_request$/],
  ['worklow_dispatch', /; near it: workflow_dispatch$/],
  ['zzzzzzzzzzzz', /such as push, pull_request, schedule$/],
  ['workflow_call', /the event that the calling workflow runs for$/],
])('warns of the event %s', (event, warning) => {
  expect(unknownEvent(event)).toEqual([expect.stringMatching(warning)]);
});

test('subject answers all the same', () => {
  const run = { repository: 'o/r', ref: 'refs/heads/main' };
  const { warnings, ...outcome } = subjectCommand({ ...run, event: 'psuh' });
  expect(warnings).toEqual([expect.stringContaining('push')]);
  expect(outcome).toMatchObject({ status: 0, json: { subject: 'repo:o/r:ref:refs/heads/main' } });
  expect(subjectCommand({ ...run, event: 'push' }).warnings).toEqual([]);
});

// GitHub documents pull_request_comment as a name for what is an issue_comment.
test("knows every event of GitHub's own parser of workflows", () => {
  const path = fileURLToPath(import.meta.resolve('@actions/workflow-parser'));
  const schema = JSON.parse(readFileSync(path.replace('index.js', 'workflow-v1.0.min.json'), 'utf8'));
  const events = Object.keys(schema.definitions['on-mapping-strict'].mapping.properties);
  expect(events).toContain('push');
  expect(events.flatMap((event) => (unknownEvent(event).length > 0 ? [event] : [])).sort()).toEqual([
    'pull_request_comment',
    'workflow_call',
  ]);
  expect(unknownEvent('dynamic')).toEqual([]);
});
