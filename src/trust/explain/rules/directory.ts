import type { Candidate, Rule } from '../evidence.ts';

const WRONG_ISSUER = /InvalidAuthenticationTokenTenant|access token is from the wrong issuer/i;
const NO_TENANT =
  /Tenant '[^'\n]{0,80}' not found|invalid_tenant|is neither a valid DNS name|tenant .{0,60}(not found|does not exist|is invalid|was not found)/i;
const CA =
  /Conditional Access|BlockedByConditionalAccess|access policy does not allow token issuance|InteractionRequired.{0,80}polic/i;
const DISABLED =
  /(service principal|application|app|principal|client)[^\n.]{0,120} (is|has been|was) disabled|accountEnabled["': ]{1,4}false|disabledByMicrosoft/i;
const NO_PRINCIPAL =
  /missing service principal|service ?principal[^\n]{0,100}(not found|does not exist|could not be found|was not found|not exist)|ServicePrincipalNotFound|No service principal|claims 'puid' or 'altsecid' or 'oid'|make sure service principal is properly created/i;
const LIMIT =
  /(limit|maximum|max\b|exceed|quota|more than|too many|no more than|up to)[^\n]{0,120}(federated|\bFICs?\b)|(federated|\bFICs?\b)[^\n]{0,160}(limit|maximum|exceed|quota|too many|more than)|QuotaExceeded[^\n]{0,120}federated|FederatedIdentityCredentials?(Limit|Quota|Max|Count)|\b20 federated/i;
const UNKNOWN_CLIENT =
  /Application with identifier '[^'\n]{0,80}'.{0,40}not found|was not found in the directory|unauthorized_client/i;

/** A rule about the tenant. */
export const wrongTenant: Rule = ({ error, stage, entry }) => {
  if (stage === 'trust' || (entry !== null && !entry.causes.includes('tenant-wrong'))) return [];
  if (WRONG_ISSUER.test(error.text)) {
    const tenant =
      /must match (?:the tenant|one of the tenants) '?https:\/\/sts\.windows\.net\/([0-9a-f-]{36})/i.exec(
        error.text,
      )?.[1];
    const why = tenant
      ? `The subscription belongs to the tenant ${tenant}.`
      : 'The subscription belongs to another tenant.';
    return [{ cause: 'tenant-wrong', confidence: 'certain', why: [why] }];
  }
  return entry === null && NO_TENANT.test(error.text)
    ? [{ cause: 'tenant-wrong', confidence: 'likely', why: [] }]
    : [];
};

/** A rule about the kind of id that was given as client id. */
export const wrongKindOfClient: Rule = ({ context, entry, stage }) => {
  if (context.client_id_kind !== 'object-id') return [];
  const fits = stage === 'none' || entry?.code === 700016 || entry?.code === 70025 || entry?.code === 7000229;
  const confidence = fits ? 'certain' : stage === 'entra' || stage === 'trust' ? 'possible' : 'likely';
  return [
    {
      cause: 'client-id-wrong-kind',
      confidence,
      why: [
        'The id given as client id is an object id; Entra knows clients by their application (client) id.',
      ],
    },
  ];
};

/** A rule about a client that Entra does not know: legacy texts share a code with disabled ones. */
export const unknownClient: Rule = ({ error, entry, stage, context }) => {
  const legacy = entry?.code === 70001 && /not found/i.test(error.text);
  if (!legacy && !(stage === 'unnamed' && UNKNOWN_CLIENT.test(error.text))) return [];
  return context.client_id_kind === 'object-id'
    ? []
    : [{ cause: 'client-id-unknown', confidence: 'likely', why: [] }];
};

/** A rule about refusals by policy and by state that reach us without an AADSTS code, or with one of many. */
export const refusedByState: Rule = (evidence) => {
  const { error, stage, entry } = evidence;
  if (stage === 'trust' || entry !== null) return [];
  const text = error.text;
  if (error.codes.some((code) => /^530\d\d$/.test(String(code))) || CA.test(text))
    return found('conditional-access');
  if (NO_PRINCIPAL.test(text)) return found('no-service-principal');
  if (error.codes.includes(500014) || DISABLED.test(text)) return found('app-disabled');
  return [];
};

function found(cause: Candidate['cause']): readonly Candidate[] {
  return [{ cause, confidence: 'likely', why: [] }];
}

/** A rule about the 20 credentials that an application or identity may hold. */
export const credentialLimit: Rule = ({ error, stage, configured }) => {
  const cause = 'credential-limit';
  const full = (configured?.length ?? 0) >= 20;
  if (stage === 'unnamed' && !/concurren/i.test(error.text) && LIMIT.test(error.text))
    return [
      {
        cause,
        confidence: full || /limit|exceed|maximum|quota/i.test(error.text) ? 'certain' : 'likely',
        why: [],
      },
    ];
  return full
    ? [{ cause, confidence: 'possible', why: [`${configured?.length} credentials are configured.`] }]
    : [];
};

/** A rule about the catalogue of AADSTS codes: what Microsoft says that a code means. */
export const aadstsCode: Rule = ({ entry, provider }) => {
  if (entry === null) return [];
  const { code } = entry;
  const causes = entry.causes.filter((cause) => provider === 'github' || !GITHUB_ONLY.test(cause));
  const first = MANY.includes(code)
    ? 'possible'
    : causes.length > 1 || AMBIGUOUS.includes(code)
      ? 'likely'
      : 'certain';
  return causes.map((cause, index) => {
    const confidence = index > 0 ? 'possible' : cause === 'other' ? 'likely' : first;
    return { cause, confidence, why: [] };
  });
};

// What only GitHub's tokens are shaped by.
const GITHUB_ONLY = /^subject-(?!case$)|^issuer-(enterprise|ghes)$/;

/** Codes that say that something of the trust differs, and not what. */
const MANY = [70021, 700211, 700213];

/** Codes that several faults share, although the catalogue names one. */
const AMBIGUOUS = [50013, 50027, 700027, 50076, 53004, 530004, 501051, 50105];
