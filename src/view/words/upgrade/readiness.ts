/** The readiness document of an EKS cluster as Markdown. */
import type { InsightFacts } from '../../../upgrade/checks/facts';
import type { Known } from '../../../upgrade/known';
import type { AddonReadiness } from '../../../upgrade/readiness/addons';
import type { NodegroupReadiness, NodegroupsRead } from '../../../upgrade/readiness/nodegroups';
import type { NextVersion, Readiness } from '../../../upgrade/readiness/readiness';
import type { ReadinessStep } from '../../../upgrade/readiness/steps';
import type { Support } from '../../../upgrade/support';
import type { Skew } from '../../../upgrade/versions';
import { code, page, plain, table } from '../../documents/markdown';
import { failureWords } from '../failure';
import { statusWords } from '../phase';
import type { Translate } from '../translate';
import { attentionBadge } from './attention';
import { dayWords } from './counts';
import { stepSentences } from './readiness-steps';
import { say } from './sentences';
import { unknownWords } from './unknown';

export function readinessMarkdown(readiness: Readiness, t: Translate): string {
  const { cluster, readAt, next, support, insights, nodegroups, addons, steps } = readiness;
  return page([
    `# ${t('Readiness of {cluster}', { cluster: plain(cluster.name) })}`,
    t('Read on {time}. {arn}', { time: new Date(readAt).toISOString(), arn: code(cluster.arn) }),
    table(
      ['', ''],
      [
        [t('Kubernetes version'), plain(cluster.version)],
        [t('Support'), plain(supportWords(support, t))],
        [t('Status'), plain(statusWords(cluster.status))],
        [t('Next version'), plain(nextWords(next, t))],
      ],
    ),
    `## ${t('What to do, in this order')}`,
    stepsBlock(steps, next, t),
    `## ${t('Upgrade insights')}`,
    insightsBlock(insights, t),
    `## ${t('Node groups')}`,
    nodegroupsBlock(nodegroups, next, t),
    `## ${t('Add-ons')}`,
    addonsBlock(addons, t),
    t('Add-ons that were installed without EKS do not show here.'),
  ]);
}

function supportWords(support: Known<Support>, t: Translate): string {
  if (!support.known) return unknownWords(support.why, t);
  const { value } = support;
  switch (value.kind) {
    case 'standard':
      return value.until === undefined
        ? t('standard support')
        : t('standard support until {day}', { day: dayWords(value.until) });
    case 'extended':
      return value.until === undefined
        ? t('extended support, which costs extra')
        : t('extended support, which costs extra, until {day}', { day: dayWords(value.until) });
    case 'ended':
      return value.since === undefined ? t('ended') : t('ended on {day}', { day: dayWords(value.since) });
    case 'unlisted':
      return t('AWS does not say');
  }
}

function nextWords(next: NextVersion, t: Translate): string {
  switch (next.kind) {
    case 'offered':
      return next.version;
    case 'assumed':
      return t('{version}, if AWS offers it: that could not be read', { version: next.version });
    case 'none':
      return t('none: AWS offers nothing later');
  }
}

function stepsBlock(steps: readonly ReadinessStep[], next: NextVersion, t: Translate): string {
  if (next.kind === 'none') return t('There is no later version to get ready for.');
  return steps
    .map((step, at) => {
      const words = plain(say(stepSentences, step, t));
      return `${at + 1}. ${step.blocks ? `**${t('Blocks the upgrade.')}** ${words}` : words}`;
    })
    .join('\n');
}

function insightsBlock(insights: Known<InsightFacts>, t: Translate): string {
  if (!insights.known) return plain(unknownWords(insights.why, t));
  const { errors, warnings, undecided, passing } = insights.value;
  const shown = [...errors, ...warnings, ...undecided];
  const passed = t('Passing: {passing}.', { passing });
  if (shown.length === 0) return passed;
  return [
    table(
      [t('Insight'), t('Status'), t('For'), t('Reason')],
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

function nodegroupsBlock({ read, unread }: NodegroupsRead, next: NextVersion, t: Translate): string {
  if (read.length + unread.length === 0) return t('None.');
  const rows = [
    ...read.map((group) => nodegroupRow(group, next, t)),
    ...unread.map(({ nodegroup, failure }) => [
      plain(nodegroup),
      plain(failureWords(failure, t, [])),
      '',
      '',
      '',
      '',
    ]),
  ];
  return table(
    [t('Node group'), t('Version'), t('AMI release'), t('Skew'), t('After the next upgrade'), t('Attention')],
    rows,
  );
}

function nodegroupRow(
  { nodegroup, attention, skew, afterNext }: NodegroupReadiness,
  next: NextVersion,
  t: Translate,
): readonly string[] {
  const unknown = attention.unknown.map(({ why }) => unknownWords(why, t));
  return [
    plain(nodegroup.name),
    plain(nodegroup.version ?? t('not shown')),
    plain(nodegroup.releaseVersion ?? t('not shown')),
    skewWords(skew, t),
    next.kind === 'none' ? '' : skewWords(afterNext, t),
    plain([...attention.items.map((item) => attentionBadge(item, t)), ...unknown].join('; ')),
  ];
}

function skewWords(skew: Skew, t: Translate): string {
  switch (skew.kind) {
    case 'equal':
      return t('none');
    case 'behind':
      return t('{minors} of {allowed}', { minors: skew.minors, allowed: skew.allowed });
    case 'too-old':
      return t('{minors}, too old: {allowed} are supported', { minors: skew.minors, allowed: skew.allowed });
    case 'newer':
      return t('newer than the control plane');
    case 'unknown':
      return t('not known');
  }
}

function addonsBlock(addons: Known<readonly AddonReadiness[]>, t: Translate): string {
  if (!addons.known) return plain(unknownWords(addons.why, t));
  if (addons.value.length === 0) return t('None.');
  return table(
    [t('Add-on'), t('Version'), t('Status'), t('With the next version')],
    addons.value.map(({ addon, next }) => [
      plain(addon.name),
      plain(addon.version ?? t('not shown')),
      plain(statusWords(addon.status)),
      plain(compatibilityWords(next, t)),
    ]),
  );
}

function compatibilityWords(next: AddonReadiness['next'], t: Translate): string {
  if (!next) return '';
  if (!next.known) return unknownWords(next.why, t);
  const { value } = next;
  switch (value.kind) {
    case 'compatible':
      return t('works');
    case 'update-first':
      return t('needs {version}; update first', { version: value.bridge });
    case 'update-after':
      return t('needs {version}; update after', { version: value.version });
    case 'no-version':
      return t('no version works');
  }
}
