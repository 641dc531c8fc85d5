import { claimText } from '../claims.ts';
import { parseSubject, type Subject, type SubjectContext } from '../subject/parse.ts';
import type { ExplainContext, ExplainInput } from './input.ts';

/** The facts of the run: told by the caller first, read from the claims where the caller is silent. */
export function runContext({ context, claims }: ExplainInput): ExplainContext {
  if (claims === null) return context;
  const read = (name: string, claim: string) => {
    const value = claimText(claims, claim);
    return value === null || value === '' ? {} : { [name]: value };
  };
  return {
    ...read('event_name', 'event_name'),
    ...read('ref', 'ref'),
    ...read('environment', 'environment'),
    ...read('actor', 'actor'),
    ...context,
  };
}

/** What is true of a sign-in whoever issued its assertion: the run, and GitHub's settings, do not shape another's. */
export function withoutRun(context: ExplainContext): ExplainContext {
  const {
    event_name: _event,
    ref: _ref,
    environment: _environment,
    actor: _actor,
    fork: _fork,
    id_token_permission: _permission,
    reusable_workflow: _reusable,
    reusable_workflow_caller_grants_id_token: _caller,
    subject_customization: _customization,
    server_url: _server,
    enterprise_slug: _slug,
    ...rest
  } = context;
  return rest;
}

const PULL_REQUEST = /^pull_request(_review|_review_comment)?$/;

/** What the run puts behind the repository: as presented, else as the facts foretell; null where neither tells. */
export function presentedContext(
  subject: Subject | null,
  { environment, event_name: event, ref }: ExplainContext,
): SubjectContext | null {
  if (subject !== null) return subject.form === 'custom' ? null : subject.context;
  if (typeof environment === 'string') return { kind: 'environment', environment };
  if (event !== undefined && PULL_REQUEST.test(event)) return { kind: 'pull-request' };
  if (ref === undefined) return null;
  const foretold = parseSubject(`repo:o/r:ref:${ref}`);
  return foretold.form === 'custom' ? null : foretold.context;
}
