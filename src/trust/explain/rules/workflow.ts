import type { Candidate, Evidence, Rule } from '../evidence.ts';
import { type Restricted, restrictedByCode, startedBy } from '../started-by.ts';

const NO_REQUEST_URL =
  /ACTIONS_ID_TOKEN_REQUEST_(URL|TOKEN)|\bARM_OIDC_REQUEST_(URL|TOKEN)\b|SYSTEM_OIDCREQUESTURI|oidc request (url|token).{0,40}(empty|not set|required|missing)|id-token-permission/i;
const CAPPED =
  /requesting '?id-token: write'?|only allowed '?id-token: none|Resource not accessible by integration.{0,80}id.token/i;
const HINT = /permissions? to id-token|id-token:? ?write|write permissions? .{0,30}id.token/i;
const REQUEST_FAILED =
  /of undefined|\bE(CONN|TIMEDOUT|AI_AGAIN)|socket hang up|Error Code ?: ?(429|5\d\d)|timed? ?out/i;
const FETCHING =
  /Failed to (fetch|get) (the )?(federated|ID|OIDC) token|get (an |the )?ID token|getIDToken|ID token (from|endpoint)|oidc token/i;
const INPUTS =
  /Not all (values|parameters) are (present|provided)|Ensure '?client-id'?|Input required and not supplied|not supplied: (client|tenant|subscription)|(client|tenant|subscription)[ _-]?id['"`]?,? (must be|is required|is empty|is not set|not set|cannot be empty|is missing|was empty|not specified)|(client|tenant)[ _-]?ID must be configured|argument (--username\/-u|--tenant\/-t|--tenant|--username|-u|-t)[^\n]{0,40}expected one argument|are required parameters|missing (required )?(environment variable|input)[^\n]{0,60}(CLIENT|TENANT|SUBSCRIPTION)|(AZURE|ARM)_(CLIENT|TENANT|SUBSCRIPTION)_ID[^\n]{0,60}(not set|empty|missing|required|undefined|not configured)|Please (provide|supply)[^\n]{0,40}client[ -]?id|Content is not a valid JSON object|No credentials found\. Add an? Azure login/i;

/** A rule about the run that started the job: a fork's or Dependabot's gets neither secrets nor ID tokens. */
export const forkOrDependabot: Rule = (evidence) => {
  const { context, error, stage } = evidence;
  const who = startedBy(evidence);
  if (who === null) return mentionsFork(error.text);
  const said = restrictedByCode(evidence) !== null;
  const { inputs = {}, id_token_permission: permission } = context;
  const proven = said || permission === 'none' || Object.values(inputs).includes('empty');
  const about = stage === 'none' || proven || INPUTS.test(error.text) || withoutToken(error.text);
  // Whoever has a token to be refused was not stopped by where the run came from.
  if (stage === 'trust' || (stage === 'entra' && !about)) return [candidate('possible', who)];
  return [candidate(about && (proven || stage !== 'none') ? 'certain' : 'likely', who)];
};

const GIVEN: Readonly<Record<Restricted, string>> = {
  fork: 'The run was started by a pull request from a fork: GitHub passes it no secrets of the repository, and caps its permissions at read whatever the workflow grants, so that it gets no ID token.',
  dependabot:
    'The run was started by Dependabot: GitHub passes it the Dependabot secrets only, and an ID token only where the workflow grants `id-token: write`.',
};
const EITHER =
  'To a pull request from a fork GitHub passes no secrets of the repository, and no ID token whatever the workflow grants. To a run of Dependabot it passes the Dependabot secrets only, and an ID token only where the workflow grants `id-token: write`.';

function candidate(confidence: Candidate['confidence'], who: Restricted | null): Candidate {
  return { cause: 'fork-or-dependabot', confidence, why: [who === null ? EITHER : GIVEN[who]] };
}

function mentionsFork(text: string): readonly Candidate[] {
  if (!/\b(from a fork|forked repo|dependabot)/i.test(text)) return [];
  return [candidate(withoutToken(text) || INPUTS.test(text) ? 'likely' : 'possible', null)];
}

function withoutToken(text: string): boolean {
  return NO_REQUEST_URL.test(text) || CAPPED.test(text) || HINT.test(text) || FETCHING.test(text);
}

const ABSENT =
  'GitHub hands the address for ID tokens only to jobs with `id-token: write`, and this job did not get it.';

/** A rule about the right to ask for an ID token. GitHub: "OpenID Connect reference", workflow permissions. */
export const idTokenPermission: Rule = (evidence) => {
  const { error, context, stage } = evidence;
  const caller = context.reusable_workflow_caller_grants_id_token;
  const granted = context.id_token_permission === 'write' && caller !== false;
  if (CAPPED.test(error.text))
    return [ungranted('certain', 'The called workflow asks for more than its caller grants.')];
  if (NO_REQUEST_URL.test(error.text)) return [ungranted(granted ? 'likely' : 'certain', ABSENT)];
  if (stage === 'trust' || granted) return [];
  if (context.id_token_permission === 'none' || caller === false) return toldSo(evidence);
  if (!HINT.test(error.text) || stage === 'entra') return [];
  // Azure/login hints at the permission whatever went wrong; these show that the request was made.
  const asked = context.intermittent === true || REQUEST_FAILED.test(error.text);
  return [ungranted(asked ? 'possible' : 'likely', 'The message asks for `id-token: write`.')];
};

function toldSo({ error, context, stage }: Evidence): readonly Candidate[] {
  const why = noGrant(context.reusable_workflow_caller_grants_id_token);
  const fits = stage === 'none' || withoutToken(error.text) || error.codes.includes(50027);
  return [ungranted(fits ? 'certain' : stage === 'unnamed' ? 'likely' : 'possible', why)];
}

function ungranted(confidence: Candidate['confidence'], why: string): Candidate {
  return { cause: 'missing-id-token-permission', confidence, why: [why] };
}

function noGrant(caller: boolean | undefined): string {
  return caller === false
    ? 'The caller of the reusable workflow does not grant `id-token: write`, and the callee cannot have more.'
    : 'The job has no `id-token: write`.';
}

/** A rule about ids that did not reach the step. */
export const missingInputs: Rule = ({ error, context, stage }) => {
  const cause = 'missing-inputs';
  // Whoever signs in by OIDC leaves the secret empty.
  const empty = Object.entries(context.inputs ?? {}).flatMap(([name, state]) =>
    state === 'empty' && !/secret/i.test(name) ? [name] : [],
  );
  const essential = empty.filter((name) => /client|tenant|creds/i.test(name));
  const list = empty.map((name) => `\`${name}\``).join(', ');
  if (essential.length > 0 && stage !== 'trust')
    return [{ cause, confidence: 'certain', why: [`Empty: ${list}.`] }];
  if (INPUTS.test(error.text) && stage !== 'trust')
    return [{ cause, confidence: 'likely', why: ['The message says that an id was not given.'] }];
  if (/AADSTS900144[^\n]{0,120}'client_id'|AADSTS900023[^\n]{0,40}identifier ''/.test(error.text))
    return [{ cause, confidence: 'certain', why: ['Entra received an empty id.'] }];
  if (error.codes.includes(90013))
    return [
      { cause, confidence: 'likely', why: ['Entra could not read what it was sent; often an id is empty.'] },
    ];
  return empty.length > 0
    ? [{ cause, confidence: stage === 'none' ? 'likely' : 'possible', why: [`Empty: ${list}.`] }]
    : [];
};
