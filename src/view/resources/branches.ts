/** What AWS lists below a row, page by page, as rows. */
import type { FinSpace } from '../../deploy/ports';
import type { Connection, Identity } from '../../model/connection';
import type { Page } from '../../model/page';
import type { Eks } from '../../upgrade/ports';
import {
  type BranchNode,
  connectionNodeOf,
  type EnvironmentNode,
  type KdbClusterNode,
  type ThingNode,
} from './node';

/** Whether a user waits for the answer, or whether it yields to whatever a user waits for. */
export type Haste = 'interactive' | 'background';

/** What the tree asks AWS through; loads the SDK on first use. */
export interface ResourceSource {
  services(connection: Connection, haste: Haste): Promise<{ readonly finspace: FinSpace; readonly eks: Eks }>;
  identity(connection: Connection, signal: AbortSignal): Promise<Identity>;
  /** Whether AWS can be asked without a log-in or a code being asked for first. */
  isReady(connection: Connection): Promise<boolean>;
}

/** The one row object of an id, as VS Code keys rows by reference. */
export interface CanonicalRows {
  /** The row of an id, made by `make` where there is none yet. */
  row<N extends ThingNode>(id: string, make: () => N): N;
  /** What the row shows is not what it showed before. */
  changed(row: ThingNode): void;
}

/** Rows of one page; `next` undefined: the first one. */
export type ReadPage = (next: string | undefined, signal: AbortSignal) => Promise<Page<ThingNode>>;

/** Reads pages of what is below a branch. A listed row is up to date with what the list says of it. */
export async function pagesOf(
  branch: BranchNode,
  source: ResourceSource,
  haste: Haste,
  rows: CanonicalRows,
): Promise<ReadPage> {
  const { finspace, eks } = await source.services(connectionNodeOf(branch).connection, haste);
  const id = (name: string): string => `${branch.id}/${name}`;
  switch (branch.kind) {
    case 'kdb':
      return async (next, signal) =>
        mapPage(await finspace.listEnvironments(next, signal), (environment) => {
          const key = id(environment.id);
          const node = rows.row<EnvironmentNode>(key, () => ({
            kind: 'environment',
            id: key,
            parent: branch,
            environment,
          }));
          if (isNews(node.environment, environment) || node.asOf !== undefined) rows.changed(node);
          node.environment = environment;
          delete node.asOf;
          return node;
        });
    case 'environment':
      return async (next, signal) =>
        mapPage(await finspace.listClusters(branch.environment.id, next, signal), (summary) => {
          const key = id(summary.name);
          const node = rows.row<KdbClusterNode>(key, () => ({
            kind: 'kdb-cluster',
            id: key,
            parent: branch,
            summary,
          }));
          if (isNews(node.summary, summary) || node.asOf !== undefined) rows.changed(node);
          if (node.details && node.details.modifiedAt !== summary.modifiedAt) delete node.details;
          node.summary = summary;
          delete node.asOf;
          return node;
        });
    case 'eks':
      return async (next, signal) =>
        mapPage(await eks.listClusters(next, signal), (name) =>
          rows.row(id(name), () => ({ kind: 'eks-cluster', id: id(name), parent: branch, name })),
        );
    case 'eks-cluster':
      return async (next, signal) =>
        mapPage(await eks.listNodegroups(branch.name, next, signal), (name) =>
          rows.row(id(name), () => ({ kind: 'nodegroup', id: id(name), parent: branch, name })),
        );
  }
}

/** Of what lists say, all of it is plain data in one order. */
function isNews<T extends object>(before: T, now: T): boolean {
  return before !== now && JSON.stringify(before) !== JSON.stringify(now);
}

function mapPage<A, B>(page: Page<A>, map: (item: A) => B): Page<B> {
  return { items: page.items.map(map), ...(page.next !== undefined && { next: page.next }) };
}
