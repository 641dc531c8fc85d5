import { expect, test } from 'vitest';
import { certificateOptions } from '../../../src/io/companion.ts';

test.each([
  [undefined, []],
  ['--use-system-ca', ['--use-system-ca']],
  ['--import=./x.mjs  --use-openssl-ca\t--max-old-space-size=64', ['--use-openssl-ca']],
  ['--require ./use.js --use-bundled-ca', ['--use-bundled-ca']],
  ['--use-system-ca=./x.mjs --inspect --use-system-ca-and-more', []],
])('of NODE_OPTIONS %j the process of keep-alive gets %j', (options, passed) => {
  expect(certificateOptions({ NODE_OPTIONS: options })).toEqual(passed);
});
