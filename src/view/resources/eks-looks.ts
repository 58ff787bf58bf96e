/** How EKS clusters and node groups look: version, support, and what needs attention, as words and as an icon. */

import * as l10n from '@vscode/l10n';
import type { OptionalRead } from '../../plan/optional-read';
import type { AttentionCode, AttentionItem } from '../../upgrade/attention';
import type { Support } from '../../upgrade/support';
import { phaseIcon, statusWords } from '../words/phase';
import { attentionBadge, supportBadge } from '../words/upgrade';
import type { Looks } from './looks';
import { type EksClusterNode, type EksNode, isEks, type NodegroupNode, type ResourceNode } from './node';

/** Badges on a row; what is beyond is counted, and told in the tooltip. */
const MOST_BADGES = 2;

export function eksClusterLooks(node: EksClusterNode): Looks {
  const { support } = node;
  const seen = node.cluster ?? node.remembered;
  return {
    label: node.name,
    role: l10n.t('EKS cluster'),
    open: 'collapsed',
    words: seen
      ? [
          seen.version,
          ...(seen.phase === 'ready' ? [] : [statusWords(seen.status)]),
          ...(node.asOf === undefined ? failedWords(node) : []),
          ...supportWords(support),
          ...badges(node, SUPPORT),
        ]
      : unreadWords(node),
    ...iconAndPhase(node, seen?.phase, 'layers'),
  };
}

export function nodegroupLooks(node: NodegroupNode): Looks {
  const seen = node.nodegroup ?? node.remembered;
  return {
    label: node.name,
    role: l10n.t('node group'),
    words: seen
      ? [
          ...(seen.version === undefined ? [] : [seen.version]),
          ...(seen.phase === 'ready' ? [] : [statusWords(seen.status)]),
          ...(node.asOf === undefined ? failedWords(node) : []),
          ...(seen.amiType === 'CUSTOM' ? [l10n.t('custom AMI')] : []),
          // A degraded group is one with health issues.
          ...badges(node, seen.phase === 'ready' ? OWN_AMI : [...OWN_AMI, 'health-issues']),
          // The time of an earlier look takes its place.
          ...(seen.releaseVersion === undefined || node.asOf !== undefined ? [] : [seen.releaseVersion]),
        ]
      : unreadWords(node),
    ...iconAndPhase(node, seen?.phase, 'vm'),
  };
}

/** Told by other words of the row. */
const SUPPORT: readonly AttentionCode[] = ['support-ending', 'support-extended', 'support-ended'];
const OWN_AMI: readonly AttentionCode[] = ['custom-ami'];

function supportWords(support: OptionalRead<Support> | undefined): readonly string[] {
  const words = support?.known ? supportBadge(support.value) : undefined;
  return words === undefined ? [] : [words];
}

function badges({ attention }: EksNode, but: readonly AttentionCode[]): readonly string[] {
  const items = (attention?.items ?? []).filter(({ code }) => !but.includes(code));
  const shown = items.slice(0, MOST_BADGES).map((item) => attentionBadge(item));
  return items.length > MOST_BADGES ? [...shown, `+${items.length - MOST_BADGES}`] : shown;
}

function iconAndPhase(
  node: EksNode,
  phase: Looks['phase'],
  ready: string,
): Pick<Looks, 'icon'> & Partial<Pick<Looks, 'phase'>> {
  const known = phase ?? (node.failure ? 'unknown' : undefined);
  if (known === undefined) return { icon: 'loading~spin' };
  const [gravest] = node.attention?.items ?? [];
  return { icon: phaseIcon(known, gravest ? (ATTENTION_ICONS[gravest.code] ?? ready) : ready), phase: known };
}

/** The shape tells what is to be done; the words beside it say it. */
const ATTENTION_ICONS: Readonly<Partial<Record<AttentionItem['code'], string>>> = {
  'health-issues': 'warning',
  'skew-exceeded': 'warning',
  'version-ahead': 'warning',
  'version-behind': 'arrow-circle-up',
  'release-behind': 'arrow-circle-up',
  'template-behind': 'arrow-circle-up',
  'ami-type-ended': 'calendar',
  'cannot-follow': 'calendar',
  'support-ending': 'calendar',
  'support-extended': 'calendar',
  'support-ended': 'warning',
};

/** Stands behind the time of an earlier look where there is one: how old the words are counts more than why. */
export function failedWords(node: ResourceNode): readonly string[] {
  return isEks(node) && node.failure ? [l10n.t('could not be read')] : [];
}

function unreadWords(node: EksNode): readonly string[] {
  return node.failure ? failedWords(node) : [l10n.t('reading…')];
}
