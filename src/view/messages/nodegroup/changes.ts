/** What an update of a node group changes, in short: `1.32 → 1.33 · 1.32.9-20251120 → 1.33.5-20251120`. */
import type { NodegroupPlan } from '../../../nodegroup/plan/plan';

/** Empty where nothing changes, or AWS is still to choose what does. */
export function updateChanges({ before, after }: Pick<NodegroupPlan, 'before' | 'after'>): string {
  return [
    change(before.version, after.version),
    change(before.releaseVersion, after.releaseVersion),
    change(before.templateVersion, after.templateVersion?.toString()),
  ]
    .filter((text) => text !== undefined)
    .join(' · ');
}

/** Undefined when nothing changes. */
function change(before: string | undefined, after: string | undefined): string | undefined {
  return after === undefined || after === before ? undefined : `${before ?? '?'} → ${after}`;
}
