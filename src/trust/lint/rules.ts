import type { Rule } from './rule.ts';
import { CONTEXT_RULES } from './rules/context.ts';
import { ENVIRONMENT_RULES } from './rules/environment.ts';
import { EXPRESSION_RULES } from './rules/expression.ts';
import { FUNCTIONAL_RULES } from './rules/functional.ts';
import { ISSUER_RULES } from './rules/issuer.ts';
import { NAME_RULES } from './rules/names.ts';
import { PLAN_AND_APPLY_RULES } from './rules/plan-and-apply.ts';
import { REDUNDANCY_RULES } from './rules/redundancy.ts';
import { ROLE_RULES } from './rules/roles.ts';
import { SCOPE_RULES } from './rules/scope.ts';
import { STALE_RULES } from './rules/stale.ts';
import { WORKFLOW_RULES } from './rules/workflow.ts';
import { WORKFLOW_REF_RULES } from './rules/workflow-ref.ts';

/** Every rule, in the order of docs/findings.md. */
export const RULES: readonly Rule[] = [
  ...SCOPE_RULES,
  ...CONTEXT_RULES,
  ...ENVIRONMENT_RULES,
  ...EXPRESSION_RULES,
  ...WORKFLOW_REF_RULES,
  ...ISSUER_RULES,
  ...NAME_RULES,
  ...FUNCTIONAL_RULES,
  ...REDUNDANCY_RULES,
  ...ROLE_RULES,
  ...STALE_RULES,
  ...PLAN_AND_APPLY_RULES,
  ...WORKFLOW_RULES,
];
