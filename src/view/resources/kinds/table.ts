/** Every kind of row. If a kind is missing from one of these tables, the code does not compile. */
import type { ConnectionNode } from '../row';
import { CONNECTION } from './connection';
import { EKS_CLUSTER, type EksClusterNode } from './eks-cluster';
import { ENVIRONMENT, type EnvironmentNode } from './environment';
import { EKS, type EksFolderNode, KDB, type KdbFolderNode } from './folders';
import { KDB_CLUSTER, type KdbClusterNode } from './kdb-cluster';
import type { DetailedKind, FolderKind, ListedKind, LiveKind, PagedKind, RowKind, ThingKind } from './kind';
import { NODE, type NodeRow } from './node';
import { NODEGROUP, type NodegroupNode } from './nodegroup';
import { POD, type PodRow } from './pod';
import { WORKLOAD, type WorkloadRow } from './workload';
import { WORKLOADS, type WorkloadsFolderNode } from './workloads';

/** Rows that only hold other rows. */
export type FolderNode = KdbFolderNode | EksFolderNode | WorkloadsFolderNode;
/** Rows of things whose list gives more than their names. */
export type ListedNode = EnvironmentNode | KdbClusterNode;
/** Rows of things whose list gives only their names. */
export type DetailedNode = EksClusterNode | NodegroupNode;
/** Rows of things inside of a cluster. */
export type LiveNode = NodeRow | PodRow | WorkloadRow;
/** Rows of things that have a page of their own: those that AWS lists, and workloads. */
export type PagedNode = ListedNode | DetailedNode | WorkloadRow;
/** Rows that stand for a thing. */
export type ThingNode = ListedNode | DetailedNode | LiveNode;
/** Rows below which things are listed. */
export type BranchNode = ThingNode['parent'];
export type KindNode = ConnectionNode | FolderNode | ThingNode;

/** The declarations of the folders, in the order in which folders stand below a row. */
export const FOLDERS: { readonly [N in FolderNode as N['kind']]: FolderKind<N> } = {
  kdb: KDB,
  eks: EKS,
  workloads: WORKLOADS,
};

export const DETAILED: { readonly [N in DetailedNode as N['kind']]: DetailedKind<N> } = {
  'eks-cluster': EKS_CLUSTER,
  nodegroup: NODEGROUP,
};

export const LISTED: { readonly [N in ListedNode as N['kind']]: ListedKind<N, unknown> } = {
  environment: ENVIRONMENT,
  'kdb-cluster': KDB_CLUSTER,
};

export const LIVE: { readonly [N in LiveNode as N['kind']]: LiveKind<N, unknown, never> } = {
  node: NODE,
  pod: POD,
  workload: WORKLOAD,
};

export const PAGED: { readonly [N in PagedNode as N['kind']]: PagedKind<N, unknown> } = {
  ...LISTED,
  ...DETAILED,
  workload: WORKLOAD,
};

export const THINGS: { readonly [N in ThingNode as N['kind']]: ThingKind<N, unknown> } = {
  ...LISTED,
  ...DETAILED,
  ...LIVE,
};

export const KINDS: { readonly [N in KindNode as N['kind']]: RowKind<N> } = {
  connection: CONNECTION,
  ...FOLDERS,
  ...THINGS,
};

export function isFolderKind(kind: string): kind is FolderNode['kind'] {
  return Object.hasOwn(FOLDERS, kind);
}

export function isThingKind(kind: string): kind is ThingNode['kind'] {
  return Object.hasOwn(THINGS, kind);
}

export function isPagedKind(kind: string): kind is PagedNode['kind'] {
  return Object.hasOwn(PAGED, kind);
}

export function isListedKind(kind: string): kind is ListedNode['kind'] {
  return Object.hasOwn(LISTED, kind);
}

export function isDetailedKind(kind: string): kind is DetailedNode['kind'] {
  return Object.hasOwn(DETAILED, kind);
}

export function isLiveKind(kind: string): kind is LiveNode['kind'] {
  return Object.hasOwn(LIVE, kind);
}
