/** The path of a kdb cluster in operations, in `slipway.json`, in records and in ARNs. */
import type { Json } from '../../model/json';
import type { Owner, RecordFormat } from '../port/target-kind';
import { textIn, whole } from '../reading-json';

/** The names that identify a kdb cluster. */
export interface ClusterNames {
  readonly environmentId: string;
  readonly clusterName: string;
}

function pathOf({ environmentId, clusterName }: ClusterNames): readonly string[] {
  return [environmentId, clusterName];
}

/** The names in a path that {@link pathOf} made; a name that the path lacks is empty. */
export function namesIn(path: readonly string[]): ClusterNames {
  const [environmentId = '', clusterName = ''] = path;
  return { environmentId, clusterName };
}

/** How all records of version 1 name a kdb cluster. */
export const recordFormat: RecordFormat = {
  folders: (path) => path,
  membersOf: (path) => ({ ...namesIn(path) }),
  pathIn: (record: Json) => {
    const names = whole({
      environmentId: textIn(record, 'environmentId'),
      clusterName: textIn(record, 'clusterName'),
    });
    return names && pathOf(names);
  },
};

export function environmentArn({ region, accountId }: Owner, environmentId: string): string {
  return `arn:aws:finspace:${region}:${accountId}:kxEnvironment/${environmentId}`;
}

export function clusterArn(owner: Owner, { environmentId, clusterName }: ClusterNames): string {
  return `${environmentArn(owner, environmentId)}/kxCluster/${clusterName}`;
}
