/** Which page it is: what is the same over a reload of the window. */
import { parseJson } from '../../model/parse-json';

/** A plan of a change to a thing, an operation, or the thing itself. */
export type PageKey =
  | {
      readonly kind: 'plan';
      readonly connectionId: string;
      readonly path: readonly string[];
      readonly of: PlanOf;
    }
  | { readonly kind: 'operation'; readonly id: string };

/** What a plan would do; a thing has at most one page for each. */
export type PlanOf =
  | 'code'
  | 'nodegroup-version'
  | 'nodegroup-config'
  | 'several-deployments'
  | 'several-nodegroups';

const PLANS: ReadonlySet<string> = new Set<PlanOf>([
  'code',
  'nodegroup-version',
  'nodegroup-config',
  'several-deployments',
  'several-nodegroups',
]);

/** The same for the same page. */
export function writtenKey(key: PageKey): string {
  return key.kind === 'operation'
    ? JSON.stringify(['operation', key.id])
    : JSON.stringify(['plan', key.of, key.connectionId, ...key.path]);
}

/** Undefined for what {@link writtenKey} has not written. */
export function readKey(written: string): PageKey | undefined {
  const parts = parseJson(written);
  if (!Array.isArray(parts) || !parts.every((part) => typeof part === 'string')) return undefined;
  const [kind, first, second, ...path] = parts;
  if (kind === 'operation') return first === undefined ? undefined : { kind, id: first };
  return kind === 'plan' && isPlanOf(first) && second !== undefined
    ? { kind, of: first, connectionId: second, path }
    : undefined;
}

function isPlanOf(text: string | undefined): text is PlanOf {
  return text !== undefined && PLANS.has(text);
}
