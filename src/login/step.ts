import type { SignInInputs } from '../inputs/inputs.ts';
import type { Environment } from '../io/effects.ts';
import { errorCode } from '../io/error-code.ts';
import type { PrivateDirectory } from '../io/private-directory.ts';
import type { Runner } from '../io/runner.ts';
import type { StepEffect } from '../io/step-effect.ts';
import { Failure } from '../report/failure.ts';
import { type SignInReport, signedInLine, signedInMarkdown } from '../report/signed-in.ts';
import { isoTime } from '../report/time.ts';
import { presentedBy } from '../trust/claims.ts';
import { exportEffects, type Prepared } from './export.ts';
import type { SignedIn } from './login.ts';

/** Where the step runs: its own directory, the proxy that it went through, and what was prepared for its sessions. */
export interface StepSurroundings {
  readonly directory: PrivateDirectory;
  readonly proxy: string | null;
  readonly prepared: Prepared;
}

/** Hands a sign-in on to the later steps and says so. All or nothing: throws a Failure when it cannot be written. */
export function handOn(
  signedIn: SignedIn,
  inputs: SignInInputs,
  env: Environment,
  { directory, proxy, prepared }: StepSurroundings,
  runner: Runner,
): void {
  const effects = exportEffects(signedIn, inputs, prepared, env, directory);
  try {
    for (const effect of effects) store(effect, directory);
    runner.apply(effects);
  } catch (error) {
    throw exportFailed(error);
  }
  const report = runner.scrub(reportOf(signedIn, inputs, proxy));
  runner.info(signedInLine(report));
  for (const note of prepared.notes) runner.info(note);
  runner.summary(signedInMarkdown(report));
}

function store(effect: StepEffect, directory: PrivateDirectory): void {
  if (effect.kind === 'file') directory.write(effect.path, effect.content);
  if (effect.kind === 'link') directory.link(effect.path, effect.target);
}

function reportOf(signedIn: SignedIn, { cloud }: SignInInputs, proxy: string | null): SignInReport {
  const { tokens, clientId, tenantId, assertion, machine } = signedIn;
  return {
    clientId,
    tenantId,
    cloud: cloud.name,
    presented: assertion && { ...presentedBy(assertion.claims), from: assertion.from },
    machine,
    proxy,
    tokens: tokens.map(({ name, scope, expiresAt }) => ({ name, scope, expiresOn: isoTime(expiresAt) })),
  };
}

/** The failure of a file or directory of the runner that cannot be written; `story` says what that ended. */
export function exportFailed(
  error: unknown,
  story = 'the tokens were obtained, but could not be handed on',
): Failure {
  return new Failure(
    {
      code: 'export-failed',
      sentence: `${story} (${errorCode(error) ?? 'unknown'}); nothing was exported.`,
      remedy: [
        "Check the disk of the runner, and that RUNNER_TEMP and the runner's files can be written to.",
      ],
    },
    { cause: error },
  );
}
