/** The readiness document of an EKS cluster as Markdown. */

import * as l10n from '@vscode/l10n';
import type { InsightFacts } from '../../../nodegroup/checks/insights';
import type { AddonReadiness } from '../../../nodegroup/readiness/addons';
import type { NodegroupReadiness, NodegroupsRead } from '../../../nodegroup/readiness/nodegroups';
import type { NextVersion, Readiness } from '../../../nodegroup/readiness/readiness';
import type { ReadinessStep } from '../../../nodegroup/readiness/steps';
import type { OptionalRead } from '../../../plan/optional-read';
import { code, page, plain, table } from '../../markdown';
import { failureWords } from '../failure';
import { statusWords } from '../phase';
import { say } from '../sentences';
import { unknownWords } from '../unread';
import { attentionBadge } from './attention';
import { stepSentences } from './readiness-steps';
import { compatibilityWords, nextWords, skewWords } from './readiness-words';
import { supportWords } from './support';

export function readinessMarkdown(readiness: Readiness): string {
  const { cluster, readAt, next, support, insights, nodegroups, addons, steps } = readiness;
  return page([
    `# ${l10n.t('Readiness of {cluster}', { cluster: plain(cluster.name) })}`,
    l10n.t('Read on {time}. {arn}', { time: new Date(readAt).toISOString(), arn: code(cluster.arn) }),
    table(
      ['', ''],
      [
        [l10n.t('Kubernetes version'), plain(cluster.version)],
        [l10n.t('Support'), plain(supportWords(support))],
        [l10n.t('Status'), plain(statusWords(cluster.status))],
        [l10n.t('Next version'), plain(nextWords(next))],
      ],
    ),
    `## ${l10n.t('What to do, in this order')}`,
    stepsBlock(steps, next),
    `## ${l10n.t('Upgrade insights')}`,
    insightsBlock(insights),
    `## ${l10n.t('Node groups')}`,
    nodegroupsBlock(nodegroups, next),
    `## ${l10n.t('Add-ons')}`,
    addonsBlock(addons),
    l10n.t('Add-ons that were installed without EKS do not show here.'),
  ]);
}

function stepsBlock(steps: readonly ReadinessStep[], next: NextVersion): string {
  if (next.kind === 'none') return l10n.t('There is no later version to get ready for.');
  return steps
    .map((step, at) => {
      const words = plain(say(stepSentences, step));
      return `${at + 1}. ${step.blocks ? `**${l10n.t('Blocks the upgrade.')}** ${words}` : words}`;
    })
    .join('\n');
}

function insightsBlock(insights: OptionalRead<InsightFacts>): string {
  if (!insights.known) return plain(unknownWords(insights.why));
  const { errors, warnings, undecided, passing } = insights.value;
  const shown = [...errors, ...warnings, ...undecided];
  const passed = l10n.t('Passing: {passing}.', { passing });
  if (shown.length === 0) return passed;
  return [
    table(
      [l10n.t('Insight'), l10n.t('Status'), l10n.t('For'), l10n.t('Reason')],
      shown.map(({ name, status, kubernetesVersion, reason }) => [
        plain(name),
        plain(statusWords(status)),
        plain(kubernetesVersion ?? ''),
        plain(reason ?? ''),
      ]),
    ),
    passed,
  ].join('\n\n');
}

function nodegroupsBlock({ read, unread }: NodegroupsRead, next: NextVersion): string {
  if (read.length + unread.length === 0) return l10n.t('None.');
  const rows = [
    ...read.map((group) => nodegroupRow(group, next)),
    ...unread.map(({ nodegroup, failure }) => [
      plain(nodegroup),
      plain(failureWords(failure)),
      '',
      '',
      '',
      '',
    ]),
  ];
  return table(
    [
      l10n.t('Node group'),
      l10n.t('Version'),
      l10n.t('AMI release'),
      l10n.t('Skew'),
      l10n.t('After the next upgrade'),
      l10n.t('Attention'),
    ],
    rows,
  );
}

function nodegroupRow(
  { nodegroup, attention, skew, afterNext }: NodegroupReadiness,
  next: NextVersion,
): readonly string[] {
  const unknown = attention.unknown.map(({ why }) => unknownWords(why));
  return [
    plain(nodegroup.name),
    plain(nodegroup.version ?? l10n.t('not shown')),
    plain(nodegroup.releaseVersion ?? l10n.t('not shown')),
    skewWords(skew),
    next.kind === 'none' ? '' : skewWords(afterNext),
    plain([...attention.items.map((item) => attentionBadge(item)), ...unknown].join('; ')),
  ];
}

function addonsBlock(addons: OptionalRead<readonly AddonReadiness[]>): string {
  if (!addons.known) return plain(unknownWords(addons.why));
  if (addons.value.length === 0) return l10n.t('None.');
  return table(
    [l10n.t('Add-on'), l10n.t('Version'), l10n.t('Status'), l10n.t('With the next version')],
    addons.value.map(({ addon, next }) => [
      plain(addon.name),
      plain(addon.version ?? l10n.t('not shown')),
      plain(statusWords(addon.status)),
      plain(compatibilityWords(next)),
    ]),
  );
}
