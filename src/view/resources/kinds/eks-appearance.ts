/** What the rows of EKS clusters and node groups have in common: what needs attention as words and as an icon. */
import * as l10n from '@vscode/l10n';
import type { AttentionCode, AttentionItem } from '../../../nodegroup/attention';
import { attentionBadge } from '../../messages/nodegroup';
import { phaseIcon } from '../../messages/phase';
import type { RowAppearance } from '../appearance';
import type { DetailedRow } from '../row';

/** Badges on a row; what is beyond is counted, and told in the tooltip. */
const MOST_BADGES = 2;

/** @param told by other words of the row. */
export function badges({ assessment }: DetailedRow, told: readonly AttentionCode[]): readonly string[] {
  const items = (assessment?.attention.items ?? []).filter(({ code }) => !told.includes(code));
  const shown = items.slice(0, MOST_BADGES).map((item) => attentionBadge(item));
  return items.length > MOST_BADGES ? [...shown, `+${items.length - MOST_BADGES}`] : shown;
}

/** @param ready the icon of a thing of which there is nothing to say. */
export function iconAndPhase(
  row: DetailedRow,
  ready: string,
): Pick<RowAppearance, 'icon'> & Partial<Pick<RowAppearance, 'phase'>> {
  const phase = (row.details ?? row.remembered)?.phase ?? (row.failure ? 'unknown' : undefined);
  if (phase === undefined) return { icon: 'loading~spin' };
  const [gravest] = row.assessment?.attention.items ?? [];
  return { icon: phaseIcon(phase, gravest ? (ATTENTION_ICONS[gravest.code] ?? ready) : ready), phase };
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
export function failedWords({ failure }: Pick<DetailedRow, 'failure'>): readonly string[] {
  return failure ? [l10n.t('could not be read')] : [];
}

export function unreadWords(row: DetailedRow): readonly string[] {
  return row.failure ? failedWords(row) : [l10n.t('reading…')];
}
