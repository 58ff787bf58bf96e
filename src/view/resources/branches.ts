/** Fetches the rows below a row: page by page ahead within a cap, describing what a list only names. */
import type { FinSpace } from '../../deploy/ports';
import type { Connection, Identity } from '../../model/connection';
import { failureOf } from '../../model/failure';
import type { Page } from '../../model/page';
import type { Eks } from '../../upgrade/ports';
import { type BranchNode, connectionNodeOf, type EksNode, type KdbClusterNode, type ThingNode } from './node';

/** What the tree asks AWS through; loads the SDK on first use. */
export interface ResourceSource {
  finspace(connection: Connection): Promise<FinSpace>;
  eks(connection: Connection): Promise<Eks>;
  identity(connection: Connection, signal: AbortSignal): Promise<Identity>;
}

/** Rows fetched ahead before "Load more" is offered. */
const CAP = 1_000;

export interface Fetched {
  readonly rows: readonly ThingNode[];
  readonly next?: string;
}

/** Gives the canonical node for an id, made by `make` where there is none yet. */
export type Canonical = <N extends ThingNode>(id: string, make: () => N) => N;

/**
 * The rows below a branch from `start` on (undefined: the first page). `onRows` is called after each page with all rows
 * so far, so that the first page shows after one round trip.
 */
export async function fetchBranch(
  branch: BranchNode,
  source: ResourceSource,
  canonical: Canonical,
  start: string | undefined,
  signal: AbortSignal,
  onRows: (rows: readonly ThingNode[]) => void,
): Promise<Fetched> {
  const read = await pager(branch, source, canonical, signal);
  const rows: ThingNode[] = [];
  let next = start;
  do {
    const page = await read(next);
    rows.push(...page.items);
    onRows(rows);
    next = page.next;
  } while (next !== undefined && rows.length < CAP);
  return { rows, ...(next !== undefined && { next }) };
}

type Read = (next: string | undefined) => Promise<Page<ThingNode>>;

async function pager(
  branch: BranchNode,
  source: ResourceSource,
  canonical: Canonical,
  signal: AbortSignal,
): Promise<Read> {
  const connection = connectionNodeOf(branch).connection;
  const id = (name: string): string => `${branch.id}/${name}`;
  switch (branch.kind) {
    case 'kdb': {
      const finspace = await source.finspace(connection);
      return async (next) =>
        mapPage(await finspace.listEnvironments(next, signal), (environment) => {
          const node = canonical(id(environment.id), () => ({
            kind: 'environment',
            id: id(environment.id),
            parent: branch,
            environment,
          }));
          node.environment = environment;
          return node;
        });
    }
    case 'environment': {
      const finspace = await source.finspace(connection);
      return async (next) =>
        mapPage(await finspace.listClusters(branch.environment.id, next, signal), (summary) => {
          const node = canonical<KdbClusterNode>(id(summary.name), () => ({
            kind: 'kdb-cluster',
            id: id(summary.name),
            parent: branch,
            summary,
          }));
          if (node.details && node.details.modifiedAt !== summary.modifiedAt) delete node.details;
          node.summary = summary;
          return node;
        });
    }
    case 'eks': {
      const eks = await source.eks(connection);
      return async (next) =>
        mapPage(await eks.listClusters(next, signal), (name) =>
          canonical(id(name), () => ({ kind: 'eks-cluster', id: id(name), parent: branch, name })),
        );
    }
    case 'eks-cluster': {
      const eks = await source.eks(connection);
      return async (next) =>
        mapPage(await eks.listNodegroups(branch.name, next, signal), (name) =>
          canonical(id(name), () => ({ kind: 'nodegroup', id: id(name), parent: branch, name })),
        );
    }
  }
}

function mapPage<A, B>(page: Page<A>, map: (item: A) => B): Page<B> {
  return { items: page.items.map(map), ...(page.next !== undefined && { next: page.next }) };
}

/** Fills in what the list did not say. A failure stays on the row; only an abort is thrown. */
export async function describe(node: EksNode, source: ResourceSource, signal: AbortSignal): Promise<void> {
  try {
    const eks = await source.eks(connectionNodeOf(node).connection);
    if (node.kind === 'eks-cluster') node.cluster = await eks.describeCluster(node.name, signal);
    else node.nodegroup = await eks.describeNodegroup(node.parent.name, node.name, signal);
    delete node.failure;
  } catch (thrown) {
    signal.throwIfAborted();
    node.failure = failureOf(thrown);
  }
}
