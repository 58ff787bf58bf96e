/** From rows of the tree to what is kept of them, and back: what is kept names the time of the look that it is from. */
import { clusterPhase, eksPhase, environmentPhase } from '../../../model/phase';
import type { BranchNode, ThingNode } from '../node';
import type { SnapshotBranch, SnapshotRow } from './snapshot';

/** What is kept of a row. */
export function snapshotRow(row: ThingNode): SnapshotRow {
  const at = row.asOf;
  switch (row.kind) {
    case 'environment': {
      const { id, name, status } = row.environment;
      return { id, name, status, ...(at !== undefined && { at }) };
    }
    case 'kdb-cluster': {
      const { name, type, status, statusReason: reason } = row.summary;
      return { name, type, status, ...(reason !== undefined && { reason }), ...(at !== undefined && { at }) };
    }
    case 'eks-cluster': {
      const { name, cluster, remembered, readAt } = row;
      const seen = cluster ?? remembered;
      const seenAt = cluster ? readAt : at;
      if (!seen || seenAt === undefined) return { name };
      return { name, version: seen.version, status: seen.status, at: seenAt };
    }
    case 'nodegroup': {
      const { name, nodegroup, remembered, readAt } = row;
      const seen = nodegroup ?? remembered;
      const seenAt = nodegroup ? readAt : at;
      if (!seen || seenAt === undefined) return { name };
      const { version, status, amiType, releaseVersion: release } = seen;
      return {
        name,
        status,
        amiType,
        at: seenAt,
        ...(version !== undefined && { version }),
        ...(release !== undefined && { release }),
      };
    }
  }
}

/** Gives the one row of an id, made by `make` where there is none yet. */
type RowOf = <N extends ThingNode>(id: string, make: () => N) => N;

/** The rows below a branch as they were. A row that is known already stays as it is. */
export function restoredRows(
  branch: BranchNode,
  { rows, readAt }: SnapshotBranch,
  rowOf: RowOf,
): readonly ThingNode[] {
  return rows.map((kept) => {
    const { name, at: asOf = readAt } = kept;
    const id = `${branch.id}/${branch.kind === 'kdb' ? (kept.id ?? name) : name}`;
    return rowOf<ThingNode>(id, () => restoredRow(branch, kept, { id, asOf }));
  });
}

function restoredRow(
  branch: BranchNode,
  { name, id, type = '', status = '', reason, version, amiType = '', release }: SnapshotRow,
  row: { readonly id: string; readonly asOf: number },
): ThingNode {
  switch (branch.kind) {
    case 'kdb': {
      const environment = { id: id ?? name, name, status, phase: environmentPhase(status) };
      return {
        ...row,
        kind: 'environment',
        parent: branch,
        environment: { ...environment, availabilityZoneIds: [] },
      };
    }
    case 'environment': {
      const summary = {
        environmentId: branch.environment.id,
        name,
        type,
        status,
        phase: clusterPhase(status),
      };
      return {
        ...row,
        kind: 'kdb-cluster',
        parent: branch,
        summary: { ...summary, ...(reason !== undefined && { statusReason: reason }) },
      };
    }
    case 'eks': {
      const node = { ...row, kind: 'eks-cluster', parent: branch, name } as const;
      if (version === undefined) return node;
      return { ...node, remembered: { version, status, phase: eksPhase(status) } };
    }
    case 'eks-cluster': {
      const node = { ...row, kind: 'nodegroup', parent: branch, name } as const;
      if (status === '') return node;
      return {
        ...node,
        remembered: {
          status,
          phase: eksPhase(status),
          amiType,
          ...(version !== undefined && { version }),
          ...(release !== undefined && { releaseVersion: release }),
        },
      };
    }
  }
}
