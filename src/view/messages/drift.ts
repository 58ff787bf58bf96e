/** Drift in words: the parts that somebody else changed since the plan was made. */
import * as l10n from '@vscode/l10n';
import type { ConfigurationPart } from '../../deploy/configuration';
import type { WorkloadPart } from '../../deploy/kubernetes/send';
import type { Json } from '../../model/json';
import type { NodegroupPart } from '../../nodegroup/reading/state';
import type { DriftedPart } from '../../plan/drift';

/**
 * The name, in messages, of each part of a target on which a plan rests and which somebody else may change.
 */
const PARTS: { readonly [Part in ConfigurationPart | NodegroupPart | WorkloadPart]: () => string } = {
  code: () => l10n.t('Code'),
  script: () => l10n.t('Initialization script'),
  arguments: () => l10n.t('Command-line arguments'),
  id: () => l10n.t('Id, since the node group was deleted and made anew'),
  status: () => l10n.t('Status'),
  amiType: () => l10n.t('AMI type'),
  version: () => l10n.t('Kubernetes version'),
  releaseVersion: () => l10n.t('AMI release'),
  template: () => l10n.t('Launch template'),
  templateVersion: () => l10n.t('Launch template version'),
  maxUnavailable: () => l10n.t('Nodes unavailable at once'),
  maxUnavailablePercentage: () => l10n.t('Percentage of nodes unavailable at once'),
  updateStrategy: () => l10n.t('Update strategy'),
  workload: () => l10n.t('Workload, since it was deleted and made anew'),
  podTemplate: () => l10n.t('Pod template'),
  owners: () => l10n.t('Who wrote the annotations'),
};

/**
 * Names each part that drifted, with its values: `AMI release: 1.33.3-20260701, now 1.33.4-20260801;
 * Code`. Leaves out the values of a part if neither is known, or if one of them is neither a text nor a
 * number: a diff shows such values, and arguments may be secrets.
 */
export function driftWords(drift: readonly DriftedPart[]): string {
  return drift.map(driftedPartWords).join('; ');
}

function driftedPartWords({ part, before, now }: DriftedPart): string {
  const name = isKnown(part) ? PARTS[part]() : part;
  if (before === undefined && now === undefined) return name;
  if (!isShort(before) || !isShort(now)) return name;
  return l10n.t('{field}: {before}, now {now}', {
    field: name,
    before: before ?? l10n.t('not shown'),
    now: now ?? l10n.t('not shown'),
  });
}

function isShort(value: Json | undefined): value is string | number | undefined {
  return value === undefined || typeof value === 'string' || typeof value === 'number';
}

/** False for a part without a name in `PARTS`: messages then show `part` itself. */
function isKnown(part: string): part is keyof typeof PARTS {
  return Object.hasOwn(PARTS, part);
}
