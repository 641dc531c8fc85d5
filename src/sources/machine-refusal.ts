import { jsonIn } from '../io/json.ts';
import type { MachineAnswer } from '../io/managed-identity.ts';
import { type Fact, Failure, type FailureCode } from '../report/failure.ts';
import { isRecord } from '../trust/claims.ts';
import type { MachineKind } from './machine.ts';

/** Whom a machine was asked for, and how it offers its identities. */
export interface AskedOfMachine {
  readonly kind: MachineKind;
  /** The identity as the input names it; null where none is named. */
  readonly named: string | null;
  /** Host and port that were asked. */
  readonly host: string;
}

const HOW: Readonly<Record<MachineKind, string>> = {
  imds: "Azure's instance metadata service",
  'app-service': 'the managed identity endpoint in IDENTITY_ENDPOINT',
  arc: 'the agent of Azure Arc',
  'service-fabric': 'the managed identity endpoint of Service Fabric',
  'machine-learning': 'the managed identity endpoint of Azure Machine Learning',
  'cloud-shell': 'the managed identity endpoint in MSI_ENDPOINT',
};

const LIST =
  'List the identities of the machine: `az vm identity show` (virtual machine), `az vmss identity show`, `az webapp identity show`.';

/** Why the machine gave no token: each way in which that happens has a sentence of its own. */
export function explainMachine(
  answer: Exclude<MachineAnswer, { kind: 'token' }>,
  asked: AskedOfMachine,
): Failure {
  if (answer.kind === 'unreachable') return unreachable(answer.reason, asked);
  const said = textOf(answer.body);
  const known = CASES.find(({ fits }) => fits(said, answer.status, asked)) ?? REFUSED;
  const facts: Fact[] = [
    { label: 'host', value: asked.host },
    { label: 'status', value: String(answer.status) },
    ...(said === '' ? [] : [{ label: 'the machine says', value: said }]),
    { label: 'identity asked for', value: asked.named ?? 'none named' },
  ];
  return new Failure({
    code: known.code,
    sentence: known.sentence(asked, answer.status),
    facts,
    remedy: known.remedy(asked),
  });
}

interface Case {
  readonly code: FailureCode;
  readonly fits: (said: string, status: number, asked: AskedOfMachine) => boolean;
  readonly sentence: (asked: AskedOfMachine, status: number) => string;
  readonly remedy: (asked: AskedOfMachine) => string[];
}

const CASES: readonly Case[] = [
  {
    code: 'identity-ambiguous',
    fits: (said) => /multiple user.assigned/i.test(said),
    sentence: () =>
      'the machine has several user-assigned managed identities and no system-assigned one, and `identity-source` names none of them.',
    remedy: () => [
      'Name the one that is meant by its client id: `identity-source: direct-managed-identity:00000000-0000-0000-0000-000000000000` (or `managed-identity:…`).',
      LIST,
    ],
  },
  {
    code: 'identity-not-assigned',
    fits: (_, status, { kind, named }) => kind === 'app-service' && status === 400 && named === null,
    sentence: () =>
      'this app has no system-assigned managed identity, and `identity-source` names no other one: its host chooses none.',
    remedy: () => [
      'Name a user-assigned one by its client id (`direct-managed-identity:00000000-0000-0000-0000-000000000000`), or switch the system-assigned one on.',
      LIST,
    ],
  },
  {
    code: 'identity-not-assigned',
    fits: (said, status, { kind }) =>
      /identity not found|no (user assigned|managed identity|delegated)|unable to load the proper managed identity/i.test(
        said,
      ) ||
      (kind === 'app-service' && status === 400 && /identity/i.test(said)),
    sentence: ({ named }) =>
      named === null
        ? 'this machine has no managed identity.'
        : `the managed identity ${named} is not assigned to this machine.`,
    remedy: ({ named }) => [
      named === null
        ? 'Assign one: `az vm identity assign --resource-group GROUP --name VM`, with `--identities RESOURCE_ID` for a user-assigned one. GitHub-hosted runners run in machines of GitHub, which have none for you.'
        : 'Assign it (`az vm identity assign --identities RESOURCE_ID`), or correct the id: a client id, an object id and a resource id are named differently (`client-id=`, `object-id=`, `resource-id=`).',
      LIST,
    ],
  },
  {
    code: 'identity-not-assigned',
    fits: (_, __, { kind, named }) => kind === 'arc' && named !== null,
    sentence: ({ named }) =>
      `a machine of Azure Arc has its system-assigned identity only, and ${named} was asked for.`,
    remedy: () => [
      'Leave the id out of `identity-source`, and give the role to the identity of the machine.',
    ],
  },
  {
    code: 'identity-refused',
    fits: (_, status, { kind }) => kind === 'arc' && status === 401,
    sentence: () =>
      'the agent of Azure Arc asked for the key that it keeps on disk, and this user could not read it.',
    remedy: () => [
      'Add the user of the runner to the group `himds` (Linux) or `Hybrid agent extension applications` (Windows), and start the runner anew.',
    ],
  },
  {
    code: 'identity-unreachable',
    fits: (said, status, { kind }) => kind === 'imds' && (status === 404 || /unreachable/i.test(said)),
    sentence: ({ host }, status) =>
      `what answers at ${host} is not Azure's instance metadata service (${status}).`,
    remedy: () => [NOT_ON_AZURE],
  },
  {
    code: 'identity-refused',
    fits: (_, status, { kind }) => kind === 'app-service' && (status === 401 || status === 403),
    sentence: () => 'the managed identity endpoint in IDENTITY_ENDPOINT does not accept IDENTITY_HEADER.',
    remedy: () => [
      'Both are set by the host and belong together: find out which step or image has changed one of them.',
    ],
  },
];

const REFUSED: Case = {
  code: 'identity-refused',
  fits: () => true,
  sentence: ({ kind }, status) => `${HOW[kind]} gave no token: it answered ${status}.`,
  remedy: () => [
    'What the machine says is all that is known. If it says that it is busy, run the job again.',
  ],
};

const NOT_ON_AZURE =
  'Managed identities exist on machines of Azure (and, by Azure Arc, on machines connected to it). Elsewhere use another `identity-source`.';

function unreachable(reason: string, { kind, host }: AskedOfMachine): Failure {
  return new Failure({
    code: 'identity-unreachable',
    sentence: `${HOW[kind]} cannot be reached at ${host}: ${reason}.`,
    facts: [
      { label: 'host', value: host },
      { label: 'reason', value: reason },
    ],
    remedy: [
      NOT_ON_AZURE,
      'On Azure: a firewall of the machine, or the network of the container that the runner is in, keeps it from there (in Docker try `--network host`). Proxies are not used for it, and need no exception.',
    ],
  });
}

const LONGEST = 1_000;

function textOf(body: string): string {
  const json = jsonIn(body);
  if (!isRecord(json)) return '';
  const nested = isRecord(json['error']) ? json['error']['message'] : null;
  const text = json['error_description'] ?? json['message'] ?? nested ?? json['error'];
  return typeof text === 'string' ? text.slice(0, LONGEST) : '';
}
