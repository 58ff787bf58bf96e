/** The page of a managed node group. */
import * as l10n from '@vscode/l10n';
import type { Nodegroup } from '../../../model/eks';
import { present, presentItems } from '../../../model/present';
import type {
  Attention,
  AttentionCode,
  AttentionItem,
  LazyFact,
} from '../../../nodegroup/attention/attention';
import type { Manager } from '../../../nodegroup/rules/managers';
import type { RolloutEstimate } from '../../../nodegroup/rules/rollout-estimate';
import {
  attentionBadge,
  attentionDetail,
  managerWords,
  paceWords,
  unknownWords,
} from '../../messages/nodegroup';
import { statusWords } from '../../messages/phase';
import type { NodegroupNode } from '../../resources/kinds/nodegroup';
import { beside, code, muted, sign, time } from '../cells';
import { codeOrNone, type Fact, factsSection, foldedSection, subnetsSection } from '../facts';
import type { Cell, Finding, Section } from '../page';
import { attentionFindings, attentionTone, type ShownIssue } from './attention';
import { commandButton, copyable, lookButton } from './buttons';
import { attentiveState, unseenState } from './state';
import { type ThingContent, whereOf } from './thing';

/** What the page needs in addition to the row. */
export interface NodegroupFacts {
  /** The health issues, in the order of {@link Nodegroup.health}. */
  readonly issues: readonly ShownIssue[];
  readonly pace?: RolloutEstimate;
  /** Tools other than Slipway that seem to manage the node group. */
  readonly managers: readonly Manager[];
  /**
   * True if one of Slipway's operations on the node group is running, and so follows the change that AWS
   * makes.
   */
  readonly isFollowed: boolean;
}

/** @param now epoch milliseconds */
export function nodegroupThing(row: NodegroupNode, facts: NodegroupFacts, now: number): ThingContent {
  const { name, details, remembered, failure, assessment } = row;
  const seen = details ?? remembered;
  const attention = assessment?.attention;
  return {
    kind: 'nodegroup',
    heading: name,
    about: whereOf(row),
    state: seen ? attentiveState(seen.phase, seen.status, attention) : unseenState(failure !== undefined),
    ...present({
      goesOn: seen?.phase === 'busy' && !facts.isFollowed ? elsewhereNotice(seen.status) : undefined,
    }),
    problems: attentionFindings(attention ?? NOT_ASKED, facts.issues, seen?.phase === 'busy'),
    sections: details
      ? [factsOf(row, details, facts, now), ...foldedOf(details)]
      : remembered
        ? [factsSection(TITLE(), rememberedFacts(remembered))]
        : [],
  };
}

const NOT_ASKED: Attention = { items: [], unknown: [], pending: [] };

/**
 * The notice of a change that none of Slipway's operations follows: the AWS console, Terraform, eksctl or
 * another user's Slipway may have begun the change.
 */
function elsewhereNotice(status: string): Finding {
  return {
    tone: 'running',
    verdict: l10n.t('running'),
    title: l10n.t('AWS says: {0}', { 0: statusWords(status) }),
    text: l10n.t('Slipway on this machine did not begin that, and can follow it all the same.'),
    buttons: [commandButton('slipway.nodegroup.follow', 'elsewhere')],
  };
}

const TITLE = (): string => l10n.t('The node group');

function factsOf(row: NodegroupNode, details: Nodegroup, facts: NodegroupFacts, now: number): Section {
  const { launchTemplate, createdAt, modifiedAt } = details;
  const attention = row.assessment?.attention;
  return factsSection(TITLE(), [
    [l10n.t('Kubernetes'), versionCell(row, details, attention)],
    [l10n.t('AMI release'), releaseCell(details, attention)],
    [
      l10n.t('AMI type'),
      besideStanding(code(details.amiType), attention, ['ami-type-ended', 'cannot-follow']),
    ],
    [l10n.t('Nodes'), nodesCell(details)],
    [l10n.t('Instances'), instancesCell(details)],
    [l10n.t('Launch template'), launchTemplate && templateCell(launchTemplate, attention)],
    [l10n.t('Update settings'), updateCell(details)],
    [l10n.t('Time an update takes'), facts.pace && paceWords(facts.pace)],
    [
      l10n.t('Managed by'),
      facts.managers.length > 0 ? facts.managers.map(managerWords).join('; ') : undefined,
    ],
    [l10n.t('Status'), statusWords(details.status)],
    [l10n.t('Created'), createdAt === undefined ? undefined : time(createdAt, now)],
    [l10n.t('Changed'), modifiedAt === undefined ? undefined : time(modifiedAt, now)],
    [l10n.t('ARN'), copyable(l10n.t('ARN'), details.arn)],
  ]);
}

function rememberedFacts({
  version,
  releaseVersion,
  amiType,
  status,
}: NonNullable<NodegroupNode['remembered']>): readonly Fact[] {
  return [
    [l10n.t('Kubernetes'), codeOrNone(version)],
    [l10n.t('AMI release'), codeOrNone(releaseVersion)],
    [l10n.t('AMI type'), codeOrNone(amiType)],
    [l10n.t('Status'), statusWords(status)],
  ];
}

function versionCell(row: NodegroupNode, { version }: Nodegroup, attention: Attention | undefined): Cell {
  const item = itemOf(attention, ['version-behind', 'skew-exceeded', 'version-ahead']);
  const plane = row.parent.details?.version;
  if (version === undefined) return muted(l10n.t('not shown for an AMI of your own'));
  const standing = item
    ? sign(attentionTone(item), standingWords(item))
    : plane === undefined
      ? muted(l10n.t('not compared: the cluster is not read'))
      : plane === version
        ? sign('good', l10n.t('as the control plane'))
        : undefined;
  return beside(code(version), standing);
}

function standingWords(item: AttentionItem): string {
  switch (item.code) {
    case 'version-behind':
    case 'skew-exceeded':
      return item.facts.minors === 1
        ? l10n.t('one version behind the control plane ({0})', { 0: item.facts.controlPlane })
        : l10n.t('{0} versions behind the control plane ({1})', {
            0: item.facts.minors,
            1: item.facts.controlPlane,
          });
    default:
      return [attentionBadge(item), attentionDetail(item)].filter((words) => words !== undefined).join(', ');
  }
}

function releaseCell({ releaseVersion }: Nodegroup, attention: Attention | undefined): Cell {
  const behind = itemOf(attention, ['release-behind', 'custom-ami']);
  const unknown = attention?.unknown.find(({ fact }) => fact === ('newest-release' satisfies LazyFact));
  const standing = behind
    ? sign(attentionTone(behind), standingWords(behind))
    : unknown
      ? muted(unknownWords(unknown.why))
      : !attention || attention.pending.includes('newest-release')
        ? muted(l10n.t('not compared with the newest yet'))
        : releaseVersion === undefined
          ? undefined
          : sign('good', l10n.t('the newest'));
  return beside(codeOrNone(releaseVersion), standing);
}

function besideStanding(cell: Cell, attention: Attention | undefined, codes: readonly AttentionCode[]): Cell {
  const item = itemOf(attention, codes);
  return beside(cell, item && sign(attentionTone(item), attentionBadge(item)));
}

function itemOf(
  attention: Attention | undefined,
  codes: readonly AttentionCode[],
): AttentionItem | undefined {
  return attention?.items.find((item) => codes.includes(item.code));
}

function nodesCell({ scaling: { min, desired, max } }: Nodegroup): Cell {
  if (desired === undefined) return muted(l10n.t('AWS does not say'));
  return min === undefined || max === undefined
    ? String(desired)
    : l10n.t('{0} wanted, from {1} to {2} allowed', { 0: desired, 1: min, 2: max });
}

function instancesCell({ capacityType, instanceTypes }: Nodegroup): Cell {
  return beside(
    instanceTypes.length === 0
      ? muted(l10n.t('as the launch template says'))
      : code(instanceTypes.join(', ')),
    capacityType === undefined ? undefined : statusWords(capacityType),
  );
}

function templateCell(
  { id, name, version }: NonNullable<Nodegroup['launchTemplate']>,
  attention: Attention | undefined,
): Cell {
  const item = itemOf(attention, ['template-behind']);
  const unknown = attention?.unknown.find(({ fact }) => fact === ('template-versions' satisfies LazyFact));
  return beside(
    code(name ?? id ?? ''),
    version === undefined ? undefined : l10n.t('version {0}', { 0: version }),
    item ? sign(attentionTone(item), attentionBadge(item)) : unknown && muted(unknownWords(unknown.why)),
    { kind: 'link', button: lookButton('show-launch-template') },
  );
}

function updateCell({ updateConfig }: Nodegroup): Cell {
  const { maxUnavailable, maxUnavailablePercentage, updateStrategy } = updateConfig;
  const many =
    maxUnavailablePercentage !== undefined
      ? l10n.t('{0} % of the nodes at once', { 0: maxUnavailablePercentage })
      : maxUnavailable === undefined || maxUnavailable === 1
        ? l10n.t('one node at once')
        : l10n.t('{0} nodes at once', { 0: maxUnavailable });
  const how =
    updateStrategy === 'MINIMAL'
      ? l10n.t('a node goes before the next comes')
      : l10n.t('a new node comes before the old one goes');
  return `${many}, ${how}`;
}

function foldedOf({ subnetIds, labels }: Nodegroup): readonly Section[] {
  const subnets = subnetsSection(subnetIds);
  const labelRows = Object.entries(labels).map((label) => label.map(code));
  return [
    { ...subnets, blocks: [...subnets.blocks, { kind: 'buttons', buttons: [lookButton('show-subnets')] }] },
    ...presentItems(
      labelRows.length === 0 ? undefined : foldedSection('labels', l10n.t('Labels of its nodes'), labelRows),
    ),
  ];
}
