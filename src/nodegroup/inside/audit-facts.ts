/** Facts from a cluster's audit log, for the ledger: refused evictions, or why none can be read. */
import type { RefusedEviction } from '../../drain/refused-evictions';
import type { Facts, Json } from '../../model/json';
import type { Audited } from './audit-reader';

/** The ledger keeps at most this many refused evictions. */
const MOST_WRITTEN = 10;

export function auditFacts(audited: Audited | undefined): Facts {
  switch (audited?.code) {
    case undefined:
      return {};
    case 'read':
      return {
        auditLog: 'read',
        ...(audited.refused.length > 0 && {
          refused: audited.refused.slice(0, MOST_WRITTEN).map((one) => ({ ...one })),
        }),
      };
    case 'off':
      return { auditLog: 'off' };
    case 'unread':
      return { auditLog: { ...audited.failure } };
  }
}

/** The refused evictions that the ledger has; none if the fact is missing or malformed. */
export function writtenRefusals({ refused }: Facts): readonly RefusedEviction[] {
  return Array.isArray(refused) ? refused.filter(isRefusal) : [];
}

function isRefusal(json: Json | RefusedEviction): json is RefusedEviction {
  const { namespace, pod, message } = (json ?? {}) as Partial<Record<keyof RefusedEviction, unknown>>;
  return [namespace, pod, message].every((text) => typeof text === 'string');
}

export function isAuditOff({ auditLog }: Facts): boolean {
  return auditLog === 'off';
}
