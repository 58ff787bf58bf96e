/** The sections with the reasons for a cluster's readiness: its upgrade insights, node groups and add-ons. */
import * as l10n from '@vscode/l10n';
import type { Insight } from '../../../model/eks';
import { present, presentItems } from '../../../model/present';
import type { AttentionItem } from '../../../nodegroup/attention/attention';
import type { InsightFacts } from '../../../nodegroup/checks/insights';
import type { AddonReadiness } from '../../../nodegroup/readiness/addons';
import type { NodegroupReadiness } from '../../../nodegroup/readiness/nodegroups';
import type { Readiness } from '../../../nodegroup/readiness/readiness';
import type { Skew } from '../../../nodegroup/rules/versions';
import type { OptionalRead } from '../../../plan/optional-read';
import { failureWords } from '../../messages/failure';
import { attentionBadge } from '../../messages/nodegroup/attention';
import { compatibilityWords, skewWords } from '../../messages/nodegroup/readiness-words';
import { statusWords } from '../../messages/phase';
import { unknownWords } from '../../messages/unread';
import { findingsBlock, mutedText, text, unknownBlock } from '../blocks';
import { lines, muted, sign } from '../cells';
import type { Block, Cell, Finding, Section, TableRow, Tone } from '../page';
import { READINESS_BUTTON } from './shown-readiness';

export function insightsSection(insights: OptionalRead<InsightFacts>): Section {
  const id = 'insights';
  const heading = l10n.t('Upgrade insights');
  if (!insights.known) return { id, heading, blocks: [unknownBlock(unknownWords(insights.why))] };
  const { errors, warnings, undecided, passing } = insights.value;
  const shown = [
    ...errors.map((insight) => findingOf(insight, 'error')),
    ...warnings.map((insight) => findingOf(insight, 'warning')),
    ...undecided.map((insight) => findingOf(insight, 'unknown')),
  ];
  return {
    id,
    heading,
    blocks: presentItems<Block>(
      findingsBlock([...shown, passed(passing)]),
      shown.length === 0
        ? undefined
        : { kind: 'buttons', buttons: [{ id: READINESS_BUTTON.insights, label: l10n.t('Show Insights') }] },
    ),
  };
}

function passed(count: number): Finding {
  return {
    tone: count === 0 ? 'neutral' : 'good',
    verdict: l10n.t('passed'),
    title: count === 0 ? l10n.t('No insight passes.') : l10n.t('Passing: {passing}.', { passing: count }),
  };
}

function findingOf({ name, status, reason, kubernetesVersion }: Insight, tone: Tone): Finding {
  return {
    tone,
    verdict: statusWords(status),
    title:
      kubernetesVersion === undefined ? name : l10n.t('{0} (for {1})', { 0: name, 1: kubernetesVersion }),
    ...present({ text: reason }),
  };
}

export function nodegroupsSection({ nodegroups: { read, unread }, next }: Readiness): Section {
  const heading = l10n.t('Node groups');
  const rows: readonly TableRow[] = [
    ...read.map((group) => nodegroupRow(group, next.kind !== 'none')),
    ...unread.map(({ nodegroup, failure }) => ({
      cells: [nodegroup, sign('unknown', failureWords(failure)), '', '', ''],
    })),
  ];
  return {
    id: 'nodegroups',
    heading,
    blocks: [
      rows.length === 0
        ? text(l10n.t('None.'))
        : {
            kind: 'table',
            caption: heading,
            head: [
              l10n.t('Node group'),
              l10n.t('Needs attention'),
              l10n.t('Version and release'),
              l10n.t('Versions behind, now'),
              l10n.t('After the next upgrade'),
            ],
            rows,
          },
    ],
  };
}

function nodegroupRow(
  { nodegroup, attention, skew, afterNext }: NodegroupReadiness,
  hasNext: boolean,
): TableRow {
  const needs: readonly Cell[] = [
    ...attention.items.map((item) => sign(toneOf(item), attentionBadge(item))),
    ...attention.unknown.map(({ why }) => sign('unknown', unknownWords(why))),
  ];
  return {
    cells: [
      nodegroup.name,
      needs.length === 0 ? sign('good', l10n.t('nothing')) : lines(needs),
      lines([
        nodegroup.version ?? l10n.t('not shown'),
        muted(nodegroup.releaseVersion ?? l10n.t('not shown')),
      ]),
      skewCell(skew),
      hasNext ? skewCell(afterNext) : '',
    ],
  };
}

function toneOf({ code }: AttentionItem): Tone {
  switch (code) {
    case 'health-issues':
    case 'skew-exceeded':
    case 'version-ahead':
    case 'cannot-follow':
    case 'support-ended':
      return 'error';
    case 'custom-ami':
      return 'unknown';
    default:
      return 'warning';
  }
}

const SKEW_TONES: Readonly<Record<Skew['kind'], Tone>> = {
  equal: 'good',
  behind: 'info',
  'too-old': 'error',
  newer: 'error',
  unknown: 'unknown',
};

function skewCell(skew: Skew): Cell {
  return sign(SKEW_TONES[skew.kind], skewWords(skew));
}

export function addonsSection(addons: OptionalRead<readonly AddonReadiness[]>): Section {
  const heading = l10n.t('Add-ons');
  return {
    id: 'addons',
    heading,
    blocks: [
      !addons.known
        ? unknownBlock(unknownWords(addons.why))
        : addons.value.length === 0
          ? text(l10n.t('None.'))
          : {
              kind: 'table',
              caption: heading,
              head: [l10n.t('Add-on'), l10n.t('With the next version'), l10n.t('Version'), l10n.t('Status')],
              rows: addons.value.map(addonRow),
            },
      mutedText(l10n.t('Add-ons that were installed without EKS do not show here.')),
    ],
  };
}

function addonRow({ addon: { name, version, status }, next }: AddonReadiness): TableRow {
  return {
    cells: [
      name,
      next === undefined ? '' : sign(compatibilityTone(next), compatibilityWords(next)),
      version ?? l10n.t('not shown'),
      sign(status === 'ACTIVE' ? 'good' : 'warning', statusWords(status)),
    ],
  };
}

function compatibilityTone(next: NonNullable<AddonReadiness['next']>): Tone {
  if (!next.known) return 'unknown';
  switch (next.value.kind) {
    case 'compatible':
      return 'good';
    case 'update-after':
      return 'info';
    case 'update-first':
    case 'no-version':
      return 'error';
  }
}
