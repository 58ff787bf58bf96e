/** The rows of the Resources view as data. VS Code keys rows by reference, so there is one object for each id. */
import type { Connection, Identity } from '../../model/connection';
import type { EksCluster, Nodegroup } from '../../model/eks';
import type { Failure } from '../../model/failure';
import type { KdbCluster, KdbClusterSummary, KdbEnvironment } from '../../model/kdb';
import type { OptionalRead } from '../../plan/optional-read';
import type { Attention } from '../../upgrade/attention';
import type { Support } from '../../upgrade/support';

interface Row {
  /** Unique in the tree and stable across restarts. */
  readonly id: string;
}

/** A row of a thing in AWS. */
interface ThingRow extends Row {
  /** Present while what the row shows is from an earlier look and not confirmed since: when that was, epoch ms. */
  asOf?: number;
}

export interface ConnectionNode extends Row {
  readonly kind: 'connection';
  readonly connection: Connection;
  identity?: Identity;
}

/** All kdb environments, or all EKS clusters, of a connection. */
export interface GroupNode extends Row {
  readonly kind: 'kdb' | 'eks';
  readonly parent: ConnectionNode;
}

export interface EnvironmentNode extends ThingRow {
  readonly kind: 'environment';
  readonly parent: GroupNode;
  environment: KdbEnvironment;
}

export interface KdbClusterNode extends ThingRow {
  readonly kind: 'kdb-cluster';
  readonly parent: EnvironmentNode;
  summary: KdbClusterSummary;
  /** Read when the row's details are first asked for. */
  details?: KdbCluster;
}

/** What the row of an EKS cluster cannot do without. */
export type SeenCluster = Pick<EksCluster, 'version' | 'status' | 'phase'>;
/** What the row of a node group cannot do without. */
export type SeenNodegroup = Pick<Nodegroup, 'version' | 'status' | 'phase' | 'amiType' | 'releaseVersion'>;

export interface EksClusterNode extends ThingRow {
  readonly kind: 'eks-cluster';
  readonly parent: GroupNode;
  readonly name: string;
  /** Absent until it has been described. */
  cluster?: EksCluster;
  /** What an earlier look saw, where there is no newer one. */
  remembered?: SeenCluster;
  /** When it was last described; epoch milliseconds. */
  readAt?: number;
  /** When that was last tried. */
  triedAt?: number;
  failure?: Failure;
  /** How long AWS supports its version, and what needs attention; absent until asked for, after the row shows. */
  support?: OptionalRead<Support>;
  attention?: Attention;
}

export interface NodegroupNode extends ThingRow {
  readonly kind: 'nodegroup';
  readonly parent: EksClusterNode;
  readonly name: string;
  /** Absent until it has been described. */
  nodegroup?: Nodegroup;
  /** What an earlier look saw, where there is no newer one. */
  remembered?: SeenNodegroup;
  /** When it was last described; epoch milliseconds. */
  readAt?: number;
  /** When that was last tried. */
  triedAt?: number;
  failure?: Failure;
  /** What needs attention; absent until asked for, after the row shows. */
  attention?: Attention;
}

/** Rows that attention is paid to. */
export type EksNode = EksClusterNode | NodegroupNode;

/**
 * A row that stands for rows: why there are none, or that there are more. `looking` and `fine` stand where only what
 * needs attention is shown: while that is being found out, and when there is nothing.
 */
export interface NoticeNode extends Row {
  readonly kind: 'failure' | 'empty' | 'more' | 'looking' | 'fine';
  readonly parent: BranchNode;
  readonly failure?: Failure;
}

/** Rows that have rows of their own to be fetched. */
export type BranchNode = GroupNode | EnvironmentNode | EksClusterNode;
/** Rows that stand for a thing in AWS. */
export type ThingNode = EnvironmentNode | KdbClusterNode | EksClusterNode | NodegroupNode;
export type ResourceNode = ConnectionNode | BranchNode | ThingNode | NoticeNode;

export function parentOf(node: ResourceNode): ResourceNode | undefined {
  return node.kind === 'connection' ? undefined : node.parent;
}

export function connectionNodeOf(node: ResourceNode): ConnectionNode {
  let at: ResourceNode = node;
  while (at.kind !== 'connection') at = at.parent;
  return at;
}

/** Names of the thing from the outermost on, as an operation's subject has them. */
export function pathOf(node: ThingNode): readonly string[] {
  switch (node.kind) {
    case 'environment':
      return [node.environment.id];
    case 'kdb-cluster':
      return [node.parent.environment.id, node.summary.name];
    case 'eks-cluster':
      return [node.name];
    case 'nodegroup':
      return [node.parent.name, node.name];
  }
}

export function isBranch(node: ResourceNode): node is BranchNode {
  return (
    node.kind === 'kdb' || node.kind === 'eks' || node.kind === 'environment' || node.kind === 'eks-cluster'
  );
}

export function isThing(node: ResourceNode): node is ThingNode {
  return (
    node.kind === 'environment' ||
    node.kind === 'kdb-cluster' ||
    node.kind === 'eks-cluster' ||
    node.kind === 'nodegroup'
  );
}

export function isEks(node: ResourceNode): node is EksNode {
  return node.kind === 'eks-cluster' || node.kind === 'nodegroup';
}

const NOTICES: readonly ResourceNode['kind'][] = [
  'failure',
  'empty',
  'more',
  'looking',
  'fine',
] satisfies readonly NoticeNode['kind'][];

export function isNotice(node: ResourceNode): node is NoticeNode {
  return NOTICES.includes(node.kind);
}
