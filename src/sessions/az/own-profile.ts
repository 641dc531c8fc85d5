import { jsonIn } from '../../io/json.ts';
import { type Claims, claimText, isRecord } from '../../trust/claims.ts';
import { isGuid } from '../../trust/guid.ts';

/** The client that is signed in by a profile of az; null where nobody is. */
export function clientIn(profile: string): string | null {
  const listed = contentOf(profile)['subscriptions'];
  const subscriptions = Array.isArray(listed) ? listed.filter(isRecord) : [];
  const active = subscriptions.find(({ isDefault }) => isDefault === true) ?? subscriptions[0];
  if (!active) return null;
  const user = isRecord(active['user']) ? active['user'] : {};
  const assigned = claimText(user, 'assignedIdentityInfo')?.replace(/^MSIClient-/, '');
  return assigned ?? claimText(user, 'name') ?? '';
}

/** What a profile of az calls this installation in telemetry; null where it says nothing that az could read as that. */
export function installationIdIn(profile: string): string | null {
  const id = claimText(contentOf(profile), 'installationId');
  return id !== null && isGuid(id) ? id : null;
}

function contentOf(profile: string): Claims {
  const json = jsonIn(profile.replace(/^\uFEFF/, ''));
  return isRecord(json) ? json : {};
}
