import { expect, test } from 'vitest';
import { parseRequirement } from '../../../src/trust/requirement.ts';
import { foretell } from '../../../src/validate/foretold.ts';

const PLAIN = 'https://token.actions.githubusercontent.com';
const claims = { iss: PLAIN, sub: 'repo:o/r:pull_request', repository: 'o/r' };
const otherwise = { ...claims, sub: 'repo:o@65/r@74:pull_request' };

test.each([
  ['repository=o/r', 'decided'],
  ['repository=o/other', 'decided'],
  ['repository!=o/r', 'decided'],
  ['actor=me', 'open'],
  ['actor!=me', 'open'],
  // The other form of the subject would answer otherwise.
  ['sub=repo:o/r:pull_request', 'open'],
  ['sub~*:pull_request', 'decided'],
  ['sub=another', 'decided'],
  // Only a run can tell whether the enterprise's own issuer is switched on.
  [`iss=${PLAIN}/acme`, 'open'],
  [`iss~${PLAIN}/*`, 'open'],
  [`iss!=${PLAIN}`, 'open'],
  ['iss=https://idp.example', 'decided'],
  ['iss!=https://idp.example', 'decided'],
  // The run that is described names none.
  ['environment=production', 'decided'],
  [`iss=${PLAIN}`, 'decided'],
])('%s is %s', (line, where) => {
  const requirement = parseRequirement(line) ?? expect.fail(line);
  const found = foretell([requirement], { from: 'prediction', claims, why: [], otherwise, open: [] });
  expect(found).toEqual({ decided: [], open: [], [where]: [requirement] });
});
