/** The words, icons and stored texts that rows of EKS clusters and node groups share. */
import * as l10n from '@vscode/l10n';
import { present } from '../../../model/present';
import type { AttentionCode, AttentionItem } from '../../../nodegroup/attention/attention';
import { attentionBadge, attentionState } from '../../messages/nodegroup';
import { restOfStatus, stateOfStatus } from '../../messages/phase';
import { type RowIcon, statusIcon } from '../../row-icon';
import type { SnapshotRow } from '../memory/snapshot';
import type { DetailedRow } from '../row';
import type { RowAppearance } from './kind';

/** The details of a thing that its row shows. */
type Seen = NonNullable<DetailedRow['remembered']> & { readonly status: string };

/** The state of a row, and further items that need attention. */
export interface Standing {
  readonly state?: string;
  /** The item that the state names; undefined if the state names no item. */
  readonly gravest: AttentionItem | undefined;
  /** Further words: AWS's whole status, if `state` shows only the phase instead, then the other items. */
  readonly others: readonly string[];
  /** A few words if some facts could not be found out; otherwise empty. */
  readonly unknown: readonly string[];
}

/** @param saidElsewhere codes that other words of the row already express */
export function standingOf(row: DetailedRow, seen: Seen, saidElsewhere: readonly AttentionCode[]): Standing {
  const { items = [], unknown = [] } = row.assessment?.attention ?? {};
  const left = items.filter(({ code }) => !saidElsewhere.includes(code));
  const isTroubled = seen.phase !== 'ready';
  const isUnread = row.failure !== undefined && row.asOf === undefined;
  const [gravest, ...rest] = isTroubled || isUnread ? [undefined, ...left] : left;
  const own = isUnread
    ? unreadState()
    : isTroubled
      ? stateOfStatus(seen.status, seen.phase)
      : gravest && attentionState(gravest);
  const others = rest.flatMap((item) => (item ? [attentionBadge(item)] : []));
  return {
    ...present({ state: own && (others.length > 0 ? `${own} +${others.length}` : own) }),
    gravest,
    others: [...(isTroubled ? restOfStatus(seen.status) : []), ...others],
    unknown: unknown.length > 0 ? [l10n.t('not all known')] : [],
  };
}

function iconAndPhase(row: DetailedRow, seen: Seen | undefined, ready: string): RowIconAndPhase {
  if (!seen) return row.failure ? { icon: 'question', phase: 'unknown' } : { icon: 'loading~spin' };
  return { ...statusIcon(seen.phase, seen.status, readyIcon(row, ready)), phase: seen.phase };
}

type RowIconAndPhase = RowIcon & Partial<Pick<RowAppearance, 'phase'>>;

/**
 * The icon of a ready thing: the icon of its gravest item that needs action, or else `icon`. `icon` has
 * a colour only if there is no item at all, and no fact is missing.
 */
function readyIcon({ assessment }: DetailedRow, icon: string): RowIcon {
  if (!assessment) return { icon };
  const { attention } = assessment;
  const { items, unknown, pending } = attention;
  const [gravest] = items.flatMap(({ code }) => ATTENTION_ICONS[code] ?? []);
  const isFine = items.length === 0 && unknown.length === 0 && pending.length === 0;
  return gravest ?? (isFine ? { icon, tone: 'fine' } : { icon });
}

const WRONG: RowIcon = { icon: 'warning', tone: 'degraded' };
const OUTDATED: RowIcon = { icon: 'arrow-circle-up', tone: 'behind' };
const ENDING: RowIcon = { icon: 'calendar', tone: 'behind' };

/**
 * The icon for each code; undefined for items that need no action. The shape of the icon shows which
 * action is needed, as do the words beside it.
 */
const ATTENTION_ICONS: Readonly<Record<AttentionCode, RowIcon | undefined>> = {
  'health-issues': WRONG,
  'skew-exceeded': WRONG,
  'version-ahead': WRONG,
  'version-behind': OUTDATED,
  'release-behind': OUTDATED,
  'template-behind': OUTDATED,
  'ami-type-ended': ENDING,
  'cannot-follow': ENDING,
  'support-ending': ENDING,
  'support-extended': ENDING,
  'support-ended': WRONG,
  'custom-ami': undefined,
};

/**
 * A word for a failed last read; undefined if the last read did not fail. It stands after the time of
 * the earlier read, since the age of the data matters more.
 */
export function failedWord({ failure }: Pick<DetailedRow, 'failure'>): string | undefined {
  return failure && unreadState();
}

/**
 * @param seen the details that the row shows; undefined if none are known.
 * @param ready the icon of a row that needs no attention.
 * @param ofSeen makes the state and the words of the row from `seen`, if `seen` is known.
 */
export function eksAppearance<S extends Seen>(
  row: DetailedRow,
  seen: S | undefined,
  ready: string,
  ofSeen: (seen: S) => Pick<RowAppearance, 'state' | 'words'>,
): Omit<RowAppearance, 'role'> {
  const unseen = { state: row.failure ? unreadState() : l10n.t('reading…'), words: [] };
  return {
    label: row.name,
    open: 'collapsed',
    ...(seen ? ofSeen(seen) : unseen),
    ...iconAndPhase(row, seen, ready),
  };
}

function unreadState(): string {
  return l10n.t('unreadable');
}

/**
 * What is stored of a row: its name and, if its details and the time of their read are known, the texts
 * from the details.
 * @param textsOf returns the texts that the row shows from its details.
 */
export function keptOf<N extends DetailedRow>(
  { name, details, remembered, readAt, asOf }: N,
  textsOf: (seen: NonNullable<N['remembered']>) => Readonly<Record<string, string | undefined>>,
): SnapshotRow {
  const seen = details ?? remembered;
  const at = details ? readAt : asOf;
  return seen && at !== undefined ? { texts: { name, ...textsOf(seen) }, at } : { texts: { name } };
}
