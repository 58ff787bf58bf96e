/** The steps to a cluster's next Kubernetes version, in order. */

import type { CodedOf } from '../../model/coded';
import type { EksCluster, Insight } from '../../model/eks';
import type { OptionalRead } from '../../plan/optional-read';
import type { InsightFacts } from '../checks/insights';
import { amiEnd, amiFamily } from '../rules/ami';
import { compareVersions } from '../rules/versions';
import type { AddonReadiness } from './addons';
import type { NodegroupReadiness } from './nodegroups';

export interface StepFacts {
  'wait-for-cluster': { readonly status: string };
  'mend-cluster': { readonly codes: readonly string[] };
  'mend-insight': { readonly insight: Insight };
  /** The group's nodes would be too old for the next control plane. */
  'update-nodegroup-first': { readonly nodegroup: string; readonly from: string; readonly to: string };
  'mend-nodegroup': { readonly nodegroup: string; readonly status: string };
  'update-addon-first': { readonly addon: string; readonly from?: string; readonly to: string };
  'addon-without-version': { readonly addon: string; readonly next: string };
  'upgrade-control-plane': { readonly from: string; readonly to: string };
  'update-addon-after': { readonly addon: string; readonly from?: string; readonly to: string };
  'update-nodegroup-after': { readonly nodegroup: string; readonly to: string };
  /**
   * The node group has a custom AMI, named in its launch template. That AMI decides the nodes' Kubernetes
   * version.
   */
  'renew-own-ami': { readonly nodegroup: string; readonly to: string };
  /** The AMI type has no release for the next version: the nodes cannot follow. */
  'replace-nodegroup': { readonly nodegroup: string; readonly amiType: string; readonly lastVersion: string };
}

export type StepCode = keyof StepFacts;

/** `blocks`: the control plane should not be upgraded before this step is done. */
export type ReadinessStep = CodedOf<StepFacts> & { readonly blocks: boolean };

const BLOCKING: readonly StepCode[] = [
  'wait-for-cluster',
  'mend-insight',
  'update-nodegroup-first',
  'update-addon-first',
  'addon-without-version',
];

export interface StepSources {
  readonly cluster: EksCluster;
  readonly next: string;
  readonly insights: OptionalRead<InsightFacts>;
  readonly nodegroups: readonly NodegroupReadiness[];
  readonly addons: OptionalRead<readonly AddonReadiness[]>;
}

/** The steps that follow from the known facts. An unknown fact gives no step; readiness lists it separately. */
export function readinessSteps(sources: StepSources): readonly ReadinessStep[] {
  const { cluster, next } = sources;
  const findings: readonly CodedOf<StepFacts>[] = [
    ...clusterSteps(sources),
    ...nodegroupsBefore(sources),
    ...addonSteps(sources, ['update-addon-first', 'addon-without-version']),
    { code: 'upgrade-control-plane', facts: { from: cluster.version, to: next } },
    ...addonSteps(sources, ['update-addon-after']),
    ...nodegroupsAfter(sources),
  ];
  return findings.map((step) => ({ ...step, blocks: BLOCKING.includes(step.code) }));
}

function clusterSteps({ cluster, insights }: StepSources): readonly CodedOf<StepFacts>[] {
  const { health, phase, status } = cluster;
  const errors = insights.known ? insights.value.errors : [];
  return [
    ...(phase === 'ready' ? [] : [{ code: 'wait-for-cluster' as const, facts: { status } }]),
    ...(health.length === 0
      ? []
      : [{ code: 'mend-cluster' as const, facts: { codes: health.map(({ code }) => code) } }]),
    ...errors.map((insight) => ({ code: 'mend-insight' as const, facts: { insight } })),
  ];
}

function nodegroupsBefore({ cluster, nodegroups }: StepSources): readonly CodedOf<StepFacts>[] {
  return nodegroups.flatMap(({ nodegroup, afterNext }) => {
    const { name, status, version } = nodegroup;
    const steps: CodedOf<StepFacts>[] = [];
    if (nodegroup.phase !== 'ready') {
      steps.push({ code: 'mend-nodegroup', facts: { nodegroup: name, status } });
    }
    if (afterNext.kind === 'too-old' && version !== undefined) {
      const facts = { nodegroup: name, from: version, to: cluster.version };
      steps.push({ code: 'update-nodegroup-first', facts });
    }
    return steps;
  });
}

function addonSteps(
  { addons, next }: StepSources,
  codes: readonly StepCode[],
): readonly CodedOf<StepFacts>[] {
  const all = (addons.known ? addons.value : []).flatMap((one) => addonStep(one, next));
  return all.filter(({ code }) => codes.includes(code));
}

function addonStep(
  { addon, next: compatibility }: AddonReadiness,
  next: string,
): readonly CodedOf<StepFacts>[] {
  if (!compatibility?.known) return [];
  const from = addon.version === undefined ? {} : { from: addon.version };
  const { value } = compatibility;
  switch (value.kind) {
    case 'compatible':
      return [];
    case 'update-first':
      return [{ code: 'update-addon-first', facts: { addon: addon.name, ...from, to: value.bridge } }];
    case 'update-after':
      return [{ code: 'update-addon-after', facts: { addon: addon.name, ...from, to: value.version } }];
    case 'no-version':
      return [{ code: 'addon-without-version', facts: { addon: addon.name, next } }];
  }
}

function nodegroupsAfter({ next, nodegroups }: StepSources): readonly CodedOf<StepFacts>[] {
  return nodegroups.map(({ nodegroup: { amiType, name } }) => {
    if (amiFamily(amiType) === 'custom')
      return { code: 'renew-own-ami', facts: { nodegroup: name, to: next } };
    const lastVersion = amiEnd(amiType)?.lastVersion;
    return lastVersion !== undefined && (compareVersions(next, lastVersion) ?? 0) > 0
      ? { code: 'replace-nodegroup', facts: { nodegroup: name, amiType, lastVersion } }
      : { code: 'update-nodegroup-after', facts: { nodegroup: name, to: next } };
  });
}
