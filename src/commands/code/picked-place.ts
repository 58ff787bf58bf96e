/** What was picked in a wizard, or in the tree, as something to deploy to. */
import { isSamePath } from '../../deploy/port/place';
import type { Place } from '../../deploy/port/target-kind';
import type { Target } from '../../deploy/targets/target';
import type { PickedKdbCluster } from '../pick';
import { targetKinds } from '../target-kinds';

/** Kind and names, whoever's account it is in. */
export type PlaceNames = Pick<Place, 'kind' | 'path'>;

export function placeOf({
  environment,
  cluster,
}: {
  readonly environment: Pick<PickedKdbCluster['environment'], 'id'>;
  readonly cluster: Pick<PickedKdbCluster['cluster'], 'name'>;
}): PlaceNames {
  return { kind: targetKinds.usual, path: [environment.id, cluster.name] };
}

/** Whether a target deploys to the place, or to something inside of it. */
export function leadsTo(target: Pick<Target, 'kind' | 'path'>, { kind, path }: PlaceNames): boolean {
  return target.kind.id === kind.id && isSamePath(target.path.slice(0, path.length), path);
}
