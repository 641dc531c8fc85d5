import { expect } from 'vitest';
import { scenario } from '../harness/scenario.ts';
import { rendered } from '../harness/summary.ts';

const INJECTED =
  'x\n::set-env name=PATH::/evil\r\n::add-mask::a\n##[error]y | `z` <img src=x> @octo-org [l](https://evil.example)';

/** What GitHub would make an image, a mention or a link of. */
const SPEAKING = /<img|@octo-org|\]\(|https:\/\/evil/;

/** A summary without its fenced blocks, in which nothing is read as Markdown. */
function proseOf(summary: string): string {
  return summary.replace(/^(`{3,})[a-z]*\n[\s\S]*?\n\1$/gm, '');
}

scenario('lets no claim speak to the runner or to the summary', async ({ emulator, signIn }) => {
  emulator.state.run.environment = INJECTED;
  const step = await signIn({ inputs: { 'require-claims': 'ref=refs/heads/none' } });
  expect(step.code).toBe(1);
  const refused = await signIn({ inputs: { 'client-id': 'aaaaaaaa-0000-4000-8000-000000000006' } });
  expect(refused.code).toBe(1);

  for (const { commands, error, stdout, summary } of [step, refused]) {
    expect(new Set(commands.map(({ name }) => name))).toEqual(new Set(['add-mask', 'error']));
    expect(commands.filter(({ message }) => message === 'a' || message === '/evil')).toEqual([]);
    expect(error()).not.toMatch(/^\s*::|##\[/m);
    expect(stdout).not.toMatch(/^(?!::add-mask::|::error title=Entra Federate::).+$/m);
    expect(proseOf(summary)).not.toMatch(SPEAKING);
  }
});

scenario('lets no text of the server speak to the runner or to the summary', async ({ emulator, signIn }) => {
  const body = JSON.stringify({
    error: 'invalid_client',
    error_description: `AADSTS700213: ${INJECTED}`,
    error_codes: [700213],
    trace_id: INJECTED,
  });
  emulator.fault({
    service: 'entra-token',
    kind: 'status',
    status: 401,
    body,
    contentType: 'application/json',
  });
  const step = await signIn();

  expect(new Set(step.commands.map(({ name }) => name))).toEqual(new Set(['add-mask', 'error']));
  expect(step.error()).not.toMatch(/^\s*::|##\[/m);
  expect(step.log).toEqual([]);
  expect(proseOf(step.summary)).not.toMatch(SPEAKING);
});

scenario('prints no token that a server sends back in an error', async ({ emulator, signIn }) => {
  const echo = (text: string) =>
    JSON.stringify({
      error: 'invalid_client',
      error_description: `AADSTS700213: ${text}`,
      error_codes: [700213],
    });
  const requestToken = emulator.env['ACTIONS_ID_TOKEN_REQUEST_TOKEN'] ?? '';
  const signature = requestToken.split('.')[2] ?? '';
  emulator.fault({
    service: 'entra-token',
    kind: 'status',
    status: 401,
    body: echo(`${requestToken} ${signature}`),
  });
  const step = await signIn();
  expect(step.error()).toContain('Entra said');
  expect(step.error()).toContain('*** ***');
});

scenario(
  'puts no token that a server sends back into the summary, escaped or not',
  async ({ emulator, signIn }) => {
    // Underscores become entities in Markdown, behind which a search for the token would not find it.
    const opaque = 'secret_with_underscores_and_more_than_eight';
    emulator.state.run.requestToken = opaque;
    const body = JSON.stringify({
      error: 'invalid_client',
      error_description: `AADSTS700213: ${opaque}`,
      error_codes: [700213],
    });
    emulator.fault({ service: 'entra-token', kind: 'status', status: 401, body });
    const step = await signIn({ env: { ACTIONS_ID_TOKEN_REQUEST_TOKEN: opaque } });
    const summary = rendered(step.summary);
    expect(summary).toContain('AADSTS700213: ***');
    expect(summary + step.error()).not.toContain(opaque);
  },
);

scenario('keeps the diagnosis when a server says very much', async ({ emulator, signIn }) => {
  const body = JSON.stringify({
    error: 'invalid_client',
    error_description: `AADSTS700213: ${'<x>'.repeat(100_000)}`,
    error_codes: [700213],
  });
  emulator.fault({ service: 'entra-token', kind: 'status', status: 401, body });
  const step = await signIn();
  expect(Buffer.byteLength(step.summary)).toBeLessThan(64 * 1024);
  expect(step.summary).toContain('az ad app federated-credential create');
});
