/** The key that identifies a page. It stays the same over a reload of the window. */
import { parseJson } from '../../model/parse-json';

/**
 * Identifies the page of a planned change, an operation, a log, the upgrade readiness of a cluster, a thing,
 * or a single read.
 */
export type PageKey =
  | {
      readonly kind: 'plan';
      readonly connectionId: string;
      readonly path: readonly string[];
      readonly of: PlanOf;
    }
  | { readonly kind: 'operation'; readonly id: string }
  | {
      readonly kind: 'logs';
      readonly connectionId: string;
      /** The names that identify the log, as {@link LogsOf} describes: enough to open the log again. */
      readonly path: readonly string[];
      readonly of: LogsOf;
    }
  | { readonly kind: 'readiness'; readonly connectionId: string; readonly cluster: string }
  | {
      readonly kind: 'thing';
      /** The kind of the thing's row in the tree. */
      readonly of: string;
      readonly connectionId: string;
      /** The names of the things that contain the thing, the outermost first, then the thing's own name. */
      readonly path: readonly string[];
    }
  | {
      readonly kind: 'read';
      readonly of: ReadOf;
      readonly connectionId: string;
      /** The names that identify the subject, as {@link ReadOf} describes: enough to repeat the read. */
      readonly path: readonly string[];
    };

export type ReadKey = Extract<PageKey, { readonly kind: 'read' }>;
export type ThingKey = Extract<PageKey, { readonly kind: 'thing' }>;

/**
 * The owner of the log that a page shows. The path of a `log-group` is the name of the group, and the label
 * of the thing that writes the log. The path of a `workload` is its cluster, its namespace, and its kind and
 * name in one, such as `statefulset/hdb`.
 */
export type LogsOf = (typeof LOGS)[number];

/** The kind of change that a plan makes. A thing has at most one page for each kind of change. */
export type PlanOf = (typeof PLANS)[number];

/**
 * The subject of a single read. The path in the key of its page is:
 * - for `insights`: the cluster;
 * - for `subnets` and `launch-template`: the cluster and a node group;
 * - for `updates`: the cluster, and optionally a node group;
 * - for `drain`: the cluster, a node group, and optionally a node;
 * - for `pod`: the cluster, and the pod's namespace, name and uid;
 * - for `held-pods`: only the id of the operation.
 */
export type ReadOf = (typeof READS)[number];

const LOGS = ['log-group', 'workload'] as const;
const PLANS = [
  'code',
  'nodegroup-version',
  'nodegroup-config',
  'several-deployments',
  'several-nodegroups',
] as const;
const READS = ['drain', 'held-pods', 'pod', 'insights', 'subnets', 'launch-template', 'updates'] as const;

/** The key as text: the same text for the same page. */
export function writtenKey(key: PageKey): string {
  switch (key.kind) {
    case 'operation':
      return JSON.stringify([key.kind, key.id]);
    case 'readiness':
      return JSON.stringify([key.kind, key.connectionId, key.cluster]);
    case 'plan':
    case 'logs':
    case 'thing':
    case 'read':
      return JSON.stringify([key.kind, key.of, key.connectionId, ...key.path]);
  }
}

/** Reads a key from the text that {@link writtenKey} made of it; undefined if the text holds no key. */
export function readKey(written: string): PageKey | undefined {
  const parts = parseJson(written);
  if (!Array.isArray(parts) || !parts.every((part) => typeof part === 'string')) return undefined;
  const [kind, first, second, ...path] = parts;
  if (kind === 'operation') return first === undefined ? undefined : { kind, id: first };
  if (first === undefined || second === undefined) return undefined;
  if (kind === 'readiness') return { kind, connectionId: first, cluster: second };
  if (kind === 'thing') return { kind, of: first, connectionId: second, path };
  if (kind === 'plan' && isOneOf(PLANS, first)) return { kind, of: first, connectionId: second, path };
  if (kind === 'read' && isOneOf(READS, first)) return { kind, of: first, connectionId: second, path };
  return kind === 'logs' && isOneOf(LOGS, first)
    ? { kind, of: first, connectionId: second, path }
    : undefined;
}

function isOneOf<T extends string>(all: readonly T[], text: string): text is T {
  return all.some((one) => one === text);
}

/**
 * The view type of all panels with pages; `extension.ts` registers the serializer that brings them back after a reload.
 */
export const PAGE_VIEW_TYPE = 'slipway.page';
