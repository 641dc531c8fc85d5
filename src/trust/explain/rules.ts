import type { Rule } from './evidence.ts';
import {
  aadstsCode,
  credentialLimit,
  refusedByState,
  unknownClient,
  wrongKindOfClient,
  wrongTenant,
} from './rules/directory.ts';
import { expression } from './rules/expression.ts';
import { issuerAlone, issuerFromFacts, issuerUnreachable } from './rules/issuer.ts';
import { network, signature } from './rules/network.ts';
import { ownFailure } from './rules/own.ts';
import { noRole, noSubscription, notYetReplicated } from './rules/resource.ts';
import { validity } from './rules/session.ts';
import { oddSubject, subjectAlone } from './rules/subject.ts';
import { audienceAlone, differsAnyway, nearestDiffers, noCredential, propagation } from './rules/trust.ts';
import { forkOrDependabot, idTokenPermission, missingInputs } from './rules/workflow.ts';

/**
 * All rules. Candidates are ranked by confidence; among equals the order of this table decides: what
 * the action itself says, then along the sign-in: the run, its permission and inputs, the exchange, the trust, and what comes after signing in.
 */
export const RULES: readonly Rule[] = [
  ownFailure,
  forkOrDependabot,
  idTokenPermission,
  missingInputs,
  wrongKindOfClient,
  expression,
  issuerUnreachable,
  nearestDiffers,
  propagation,
  noCredential,
  audienceAlone,
  issuerAlone,
  issuerFromFacts,
  subjectAlone,
  validity,
  wrongTenant,
  unknownClient,
  refusedByState,
  credentialLimit,
  notYetReplicated,
  noSubscription,
  noRole,
  network,
  signature,
  differsAnyway,
  aadstsCode,
  oddSubject,
];
