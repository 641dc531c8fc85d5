import type { Cause } from '../cause.ts';
import type { Credential } from '../credential.ts';
import { trustedEnvironment } from '../explain/compare.ts';
import type { Evidence } from '../explain/evidence.ts';
import { enterpriseOf } from '../explain/issuer-causes.ts';
import { isUntrusted } from '../explain/rules/network.ts';
import { startedBy } from '../explain/started-by.ts';
import { isGitHubCom, isUnreachable } from '../explain/unreachable-issuer.ts';
import { credentialFixes } from './credential.ts';
import { shellWord } from './escape.ts';
import { expressionFixes } from './expression.ts';
import { createEnvironment, SET_VARIABLES, setIssuer, setSubject, showSubject } from './github.ts';
import { enableFixes, roleFixes, servicePrincipalFixes } from './principal.ts';
import { cloudOf, type Fixes, type Target, targetOf } from './target.ts';
import {
  CALLER_PERMISSIONS,
  FOR_NEITHER,
  INPUTS,
  inEnvironment,
  input,
  NOT_FOR_DEPENDABOT,
  PERMISSIONS,
  TRUST_CA,
} from './workflow.ts';

type Fix = (evidence: Evidence, target: Target, nearest: Credential | null) => Fixes;

/** The texts that mend a cause, filled with what is known; what is not known is a `<placeholder>`. */
export function fixesFor(cause: Cause, evidence: Evidence): Fixes {
  const nearest = evidence.comparisons.find(({ differences }) => differences.length > 0)?.credential ?? null;
  const replaced = CORRECTED.includes(cause) ? nearest : null;
  const fixes = fixFor(cause, evidence)(evidence, targetOf(evidence, replaced), nearest);
  if (evidence.provider === 'github') return fixes;
  // Settings of GitHub do not change what others issue, nor does an input the audience of a token in a file.
  const { github: _github, workflow, ...rest } = fixes;
  const inFile = cause === 'audience' && evidence.provider === 'kubernetes';
  return workflow === undefined || inFile ? rest : { ...rest, workflow };
}

// What remains of a refused subject that GitHub did not make is that nobody trusts it.
function fixFor(cause: Cause, { provider, stage, own }: Evidence): Fix {
  const refused = provider !== 'github' && stage !== 'entra' && own === null;
  return cause === 'other' && refused ? create : FIXES[cause];
}

/** Where the nearest credential is simply wrong it is corrected; elsewhere it may serve other runs and stays. */
const CORRECTED: readonly Cause[] = [
  'subject-case',
  'subject-pull-request',
  'issuer-trailing-slash',
  'issuer-enterprise',
  'issuer-ghes',
  'issuer-other',
  'audience',
];

const create: Fix = (_, target) => credentialFixes(target);
const none: Fix = () => ({});

const FIXES: Readonly<Record<Cause, Fix>> = {
  'subject-entity-type': (_, target, nearest) => ({ ...credentialFixes(target), ...environmentOf(nearest) }),
  'subject-branch': (evidence, target, nearest) => ({
    ...changing(evidence, target),
    ...environmentOf(nearest),
  }),
  'subject-tag': (evidence, target, nearest) => ({
    ...changing(evidence, target),
    ...environmentOf(nearest),
  }),
  'subject-case': create,
  'subject-owner-or-repo': create,
  'subject-immutable-format': (evidence, target, nearest) => ({
    ...credentialFixes(target),
    github: switchForm(evidence, nearest),
  }),
  'subject-environment-name': (evidence, target, nearest) => {
    const environment = nearest === null ? null : trustedEnvironment(nearest);
    if (environment === null) return credentialFixes(target);
    return {
      ...credentialFixes(target),
      workflow: inEnvironment(environment),
      github: createEnvironment(evidence, environment),
    };
  },
  'subject-custom-template': (evidence, target) => ({
    ...credentialFixes(target),
    github: `# How the subject is made now:\n${showSubject(evidence)}\n# Or back to GitHub's default:\n${setSubject(evidence, { use_default: true })}`,
  }),
  'subject-reusable-workflow': create,
  'subject-pull-request': create,
  'issuer-trailing-slash': create,
  'issuer-enterprise': ({ seen, context }, target, nearest) => ({
    ...credentialFixes(target),
    github: setIssuer(
      context.enterprise_slug ?? enterpriseOf(seen.issuer ?? '') ?? enterpriseOf(nearest?.issuer ?? ''),
      enterpriseOf(seen.issuer ?? '') === null && enterpriseOf(nearest?.issuer ?? '') !== null,
    ),
  }),
  'issuer-ghes': (evidence, target) => (isUnreachable(evidence) ? {} : credentialFixes(target)),
  'issuer-other': create,
  audience: ({ context }, target) => ({
    ...credentialFixes({ ...target, audience: cloudOf(context.cloud).audience }),
    workflow: input('audience', cloudOf(context.cloud).audience),
  }),
  'client-id-unknown': (_, { client }) => ({
    az: `az ad app show --id ${shellWord(client)} --query '{clientId: appId, name: displayName}'`,
    workflow: INPUTS,
  }),
  'client-id-wrong-kind': (_, { client }) => ({
    // az finds an application by its object id too, and tells the id that was meant.
    az: `az ad app show --id ${shellWord(client === '<client-id>' ? '<object id that was given>' : client)} --query appId --output tsv`,
    workflow: INPUTS,
  }),
  'tenant-wrong': ({ context }) => ({
    az: "az account show --subscription '<subscription-id>' --query tenantId --output tsv",
    workflow: `${input('tenant-id', '<tenant-id>')}\n      cloud: ${cloudOf(context.cloud).name}`,
  }),
  'no-service-principal': (_, target) => servicePrincipalFixes(target),
  'no-credential-configured': create,
  'propagation-delay': () => ({ workflow: input('wait-for-trust', '120') }),
  'assertion-expired': () => ({ workflow: input('keep-alive', 'true') }),
  'clock-skew': none,
  'missing-id-token-permission': ({ context, error }) => ({
    workflow:
      calls(context.reusable_workflow) || /only allowed/.test(error.text) ? CALLER_PERMISSIONS : PERMISSIONS,
  }),
  'fork-or-dependabot': (evidence) => ({
    workflow: startedBy(evidence) === 'dependabot' ? NOT_FOR_DEPENDABOT : FOR_NEITHER,
  }),
  'missing-inputs': () => ({ workflow: INPUTS, github: SET_VARIABLES }),
  'no-role-assignment': (evidence, target) => roleFixes(evidence, target, null),
  'no-subscription': (evidence, target) => roleFixes(evidence, target, 'Reader'),
  'conditional-access': none,
  'app-disabled': (_, target) => enableFixes(target),
  'credential-limit': (evidence, target) => ({
    az: `az ad app federated-credential list --id ${shellWord(target.client)} --query '[].{name: name, subject: subject}' --output table\naz ad app federated-credential delete --id ${shellWord(target.client)} --federated-credential-id '<name of one that is not used>'`,
    ...expressionFixes(evidence, target),
  }),
  'flexible-expression': expressionFixes,
  'signature-or-jwks': (evidence) =>
    isUnreachable(evidence) && !isGitHubCom(evidence) ? {} : { workflow: input('timeout', '180') },
  'network-transient': ({ error, stage }) => ({
    workflow: stage === 'unnamed' && isUntrusted(error) ? TRUST_CA : input('timeout', '180'),
  }),
  other: none,
};

function calls(reusable: boolean | undefined): boolean {
  return reusable === true;
}

// A ref that is another one for every run needs an expression, or an environment.
function changing(evidence: Evidence, target: Target): Fixes {
  const { suffix } = evidence;
  if (suffix?.kind === 'merge-queue') return expressionFixes(evidence, target);
  const exact = credentialFixes(target);
  if (suffix?.kind !== 'tag') return exact;
  return { ...exact, graph: expressionFixes(evidence, target).graph ?? '' };
}

function environmentOf(nearest: Credential | null): Fixes {
  const environment = nearest === null ? null : trustedEnvironment(nearest);
  return environment === null ? {} : { workflow: inEnvironment(environment) };
}

// Which way to go: a credential that has ids already wants the repository switched.
function switchForm(evidence: Evidence, nearest: Credential | null): string {
  const wanted = /^repo:[^/]*@\d+\//.test(nearest?.subject ?? '');
  if (evidence.subject?.form === 'immutable') return showSubject(evidence);
  return wanted
    ? setSubject(evidence, { use_default: true, use_immutable_subject: true })
    : showSubject(evidence);
}
