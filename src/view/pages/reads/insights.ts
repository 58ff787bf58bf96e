/** The upgrade insights of a cluster, each with EKS's recommendation and the resources that EKS names. */
import * as l10n from '@vscode/l10n';
import type { InsightDetails } from '../../../model/eks';
import { agoWords } from '../../messages/ago';
import { statusWords } from '../../messages/phase';
import { mutedText, rowsBlock, text, unknownBlock } from '../blocks';
import { code } from '../cells';
import type { Block, Page, Section, Tone } from '../page';
import { webCell } from '../things/buttons';
import type { ReadContent } from './read-page';

/** An insight. `notKnown`: why its details are not known; absent if they are known. */
export interface ShownInsight {
  readonly insight: InsightDetails;
  readonly notKnown?: string;
}

const TONES: Readonly<Record<string, Tone>> = { ERROR: 'error', WARNING: 'warning', PASSING: 'good' };
const GRAVITY: readonly Tone[] = ['error', 'warning', 'unknown', 'good'];

/** @param now epoch milliseconds */
export function insightsContent(insights: readonly ShownInsight[], now: number): ReadContent {
  const byGravity = insights.toSorted(
    (a, b) => GRAVITY.indexOf(toneOf(a.insight)) - GRAVITY.indexOf(toneOf(b.insight)),
  );
  return {
    state: stateOf(insights),
    sections: byGravity.map((shown) => sectionOf(shown, now)),
  };
}

function toneOf({ status }: InsightDetails): Tone {
  return TONES[status] ?? 'unknown';
}

function stateOf(insights: readonly ShownInsight[]): Page['state'] {
  if (insights.length === 0)
    return { tone: 'neutral', text: l10n.t('EKS lists no insights for the cluster.') };
  const tones = insights.map(({ insight }) => toneOf(insight));
  const count = (tone: Tone): number => tones.filter((one) => one === tone).length;
  const [errors, warnings, undecided] = [count('error'), count('warning'), count('unknown')];
  if (errors > 0)
    return {
      tone: 'error',
      text:
        errors === 1 ? l10n.t('One insight is an error') : l10n.t('{0} insights are errors', { 0: errors }),
    };
  if (warnings > 0)
    return {
      tone: 'warning',
      text: warnings === 1 ? l10n.t('One insight warns') : l10n.t('{0} insights warn', { 0: warnings }),
    };
  return undecided > 0
    ? { tone: 'unknown', text: l10n.t('Not all insights are decided') }
    : { tone: 'good', text: l10n.t('All insights pass') };
}

function sectionOf({ insight, notKnown }: ShownInsight, now: number): Section {
  const { id, name, status, reason, description, recommendation } = insight;
  const tone = toneOf(insight);
  return {
    id,
    heading: name,
    note: statusWords(status),
    tone,
    fold: tone === 'good' ? 'closed' : 'open',
    blocks: [
      mutedText(aboutWords(insight, now)),
      ...[description, reason, recommendation && l10n.t('What helps: {0}', { 0: recommendation })]
        .filter((words): words is string => words !== undefined && words !== '')
        .map((words) => text(words)),
      ...(notKnown === undefined ? [] : [unknownBlock(notKnown)]),
      ...webBlock(insight),
      ...resourcesBlock(insight),
    ],
  };
}

function aboutWords({ category, kubernetesVersion, refreshedAt }: InsightDetails, now: number): string {
  return [
    statusWords(category),
    kubernetesVersion === undefined ? undefined : l10n.t('for Kubernetes {0}', { 0: kubernetesVersion }),
    refreshedAt === undefined ? undefined : l10n.t('looked at {0}', { 0: agoWords(refreshedAt, now) }),
  ]
    .filter((part) => part !== undefined)
    .join(' · ');
}

function webBlock({ additionalInfo }: InsightDetails): readonly Block[] {
  const rows = Object.entries(additionalInfo).map(([name, address]) => [name, webCell(address)]);
  return rows.length === 0 ? [] : [rowsBlock(l10n.t('Where to read more'), [], rows)];
}

function resourcesBlock({ resources }: InsightDetails): readonly Block[] {
  if (resources.length === 0) return [];
  return [
    rowsBlock(
      l10n.t('Affected resources'),
      [l10n.t('Affected resource'), l10n.t('Status'), l10n.t('Reason')],
      resources.map(({ name, status, reason }) => [code(name), statusWords(status ?? ''), reason ?? '']),
    ),
  ];
}
