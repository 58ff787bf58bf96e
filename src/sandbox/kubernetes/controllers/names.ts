/** Names and hashes that Kubernetes generates. Here the same input has the same result in every sandbox. */
import { createHash } from 'node:crypto';
import type { Json, JsonObject } from '../../protocols/operation';

/** Letters and digits that form no words. https://pkg.go.dev/k8s.io/apimachinery/pkg/util/rand */
const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';

export function suffix(seed: string, length = 5): string {
  const bytes = createHash('sha256').update(seed).digest();
  return [...bytes.subarray(0, length)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');
}

/**
 * Hashes by template. A stored object is replaced, never changed, so each template needs to be hashed
 * only once.
 */
const hashes = new WeakMap<JsonObject, string>();

/** Hash of a pod template, for labels and names. */
export function hashOf(template: JsonObject): string {
  const hash = hashes.get(template) ?? suffix(JSON.stringify(sorted(template)), 10);
  hashes.set(template, hash);
  return hash;
}

/** Sorts members by name: a patch may change their order, which must not change the hash. */
function sorted(value: Json | undefined): Json | undefined {
  if (typeof value !== 'object' || value === null) return value;
  if (isList(value)) return value.map((one) => sorted(one) ?? null);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(members.map(([name, member]) => [name, sorted(member)]));
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
