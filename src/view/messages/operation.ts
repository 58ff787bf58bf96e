/** Operations in words and icons. */
import * as l10n from '@vscode/l10n';
import { isDeployment, type OperationKind } from '../../deploy/port/operation-kind';
import { isSetAlone, progressIn, takenLaterIn } from '../../model/progress';
import type { BatchRowStatus } from '../../operations/batch-plan';
import type { Operation, OperationState } from '../../operations/operation';
import type { RowIcon } from '../row-icon';
import { durationWords } from './phase';

const ICONS: Readonly<Record<OperationState, RowIcon>> = {
  planned: { icon: 'circle-outline' },
  running: { icon: 'sync~spin', tone: 'running' },
  watching: { icon: 'sync~spin', tone: 'running' },
  succeeded: { icon: 'pass', tone: 'fine' },
  failed: { icon: 'error', tone: 'failed' },
  cancelled: { icon: 'circle-slash' },
  drifted: { icon: 'git-compare', tone: 'degraded' },
  'cancelled-by-aws': { icon: 'stop-circle', tone: 'degraded' },
  unwatched: { icon: 'eye-closed' },
  unknown: { icon: 'question', tone: 'behind' },
};

export function stateIcon(state: OperationState): string {
  return ICONS[state].icon;
}

/**
 * The icon of an operation's row. While the operation waits for the user, a pause icon replaces the icon
 * of its state.
 */
export function operationIcon({ state, paused }: Pick<Operation, 'state' | 'paused'>): RowIcon {
  return paused === undefined ? ICONS[state] : { icon: 'debug-pause', tone: 'waiting' };
}

export function stateWords(state: OperationState): string {
  switch (state) {
    case 'planned':
      return l10n.t('not begun');
    case 'running':
      return l10n.t('running');
    case 'watching':
      return l10n.t('AWS is updating');
    case 'succeeded':
      return l10n.t('succeeded');
    case 'failed':
      return l10n.t('failed');
    case 'cancelled':
      return l10n.t('cancelled, nothing was changed');
    case 'drifted':
      return l10n.t('stopped: changed by somebody else, nothing was sent');
    case 'cancelled-by-aws':
      return l10n.t('cancelled by AWS');
    case 'unwatched':
      return l10n.t('no longer watched');
    case 'unknown':
      return l10n.t('outcome unknown');
  }
}

/**
 * The state of an operation in one or two words, for rows in a narrow side bar; {@link operationWords} gives the full
 * state.
 */
export function shortState({ state, paused }: Pick<Operation, 'state' | 'paused'>): string {
  if (paused !== undefined) return l10n.t('waiting');
  switch (state) {
    case 'watching':
      return l10n.t('updating');
    case 'cancelled':
    case 'cancelled-by-aws':
      return l10n.t('cancelled');
    case 'drifted':
      return l10n.t('stopped');
    case 'unwatched':
      return l10n.t('unwatched');
    case 'unknown':
      return l10n.t('unknown');
    default:
      return stateWords(state);
  }
}

const ON_KUBERNETES: OperationKind = 'code-kubernetes';

/** The state of an operation. If the operation waits for the user, the words say so instead, and why. */
export function operationWords({
  kind,
  state,
  paused,
}: Pick<Operation, 'kind' | 'state' | 'paused'>): string {
  switch (paused) {
    case undefined:
      return state === 'watching' && kind === ON_KUBERNETES
        ? l10n.t('Kubernetes is updating')
        : stateWords(state);
    case 'canary':
      return state === 'watching'
        ? l10n.t('one pod proves the code, the others wait for your click')
        : l10n.t('the first one is done, the others wait for your click');
    case 'interrupted':
      return l10n.t('interrupted, waits for your click');
    default:
      return l10n.t('paused, waits for your click');
  }
}

/**
 * Explains the buttons of an operation that waits for the user between two of its requests; undefined for any
 * other operation.
 */
export function waitingWords({ state, paused }: Pick<Operation, 'state' | 'paused'>): string | undefined {
  if (state !== 'watching' || paused === undefined) return undefined;
  return paused === 'canary'
    ? l10n.t(
        'Look at the pod that runs the code. "Go On" replaces the others, one after the other. "End Here" leaves them: each takes the code when it is next replaced.',
      )
    : l10n.t(
        'Slipway sends nothing more by itself. "Go On" replaces the pods that run the earlier code. "End Here" leaves them: each takes the code when it is next replaced.',
      );
}

/**
 * The user is told when an operation has brought no news for this many milliseconds; Slipway continues to
 * poll, but slowly.
 */
const LONG_SILENCE_MS = 3_600_000;

/**
 * Says for how long AWS or Kubernetes has reported nothing new about an operation; undefined for a silence
 * shorter than `LONG_SILENCE_MS`, and for an operation that is not `watching` or waits for the user.
 * `now`: epoch milliseconds.
 */
export function silenceWords(operation: Operation, now: number): string | undefined {
  if (operation.state !== 'watching' || operation.paused !== undefined) return undefined;
  const silentForMs = now - (operation.observedAt ?? operation.acceptedAt ?? startOf(operation));
  return silentForMs < LONG_SILENCE_MS
    ? undefined
    : l10n.t('{0} has told nothing new for {1}.', {
        0: serviceWords(operation),
        1: durationWords(silentForMs),
      });
}

/** The service that carries the operation out. */
export function serviceWords({ kind }: Pick<Operation, 'kind'>): string {
  return kind === ON_KUBERNETES ? 'Kubernetes' : 'AWS';
}

/** `3 of 5 updated, 2 ready`; undefined if nothing was counted, or if the operation is not `watching`. */
export function progressWords({ state, facts }: Pick<Operation, 'state' | 'facts'>): string | undefined {
  const progress = progressIn(facts);
  if (progress === undefined || state !== 'watching') return undefined;
  const { updated, ready, desired } = progress;
  return ready === undefined
    ? l10n.t('{0} of {1} updated', { 0: updated, 1: desired })
    : l10n.t('{0} of {1} updated, {2} ready', { 0: updated, 1: desired, 2: ready });
}

/**
 * How many rows of a batch are done, failed, not known and running: `4 of 12 done, 1 failed, 2 running`.
 * A count of zero is left out, except that of the rows that are done.
 */
export function batchWords(rows: readonly BatchRowStatus[]): string {
  const count = (...states: readonly BatchRowStatus['state'][]): number =>
    rows.filter(({ state }) => states.includes(state)).length;
  const parts: readonly (readonly [number, string])[] = [
    [count('failed'), l10n.t('failed')],
    [count('undecided'), l10n.t('not known')],
    [count('active'), l10n.t('running')],
  ];
  return [
    l10n.t('{done} of {all} done', { done: count('succeeded'), all: rows.length }),
    ...parts.filter(([number]) => number > 0).map(([number, words]) => `${number} ${words}`),
  ].join(', ');
}

/** The members of an operation that determine the words for its kind. */
type Named = Pick<Operation, 'kind' | 'plan'>;

/** True if a deployment is a rollback, as its plan in the ledger says. */
export function isRollback({ plan }: Named): boolean {
  return plan instanceof Object && 'rollsBack' in plan && plan['rollsBack'] === true;
}

/**
 * What an operation does, as a verb for a row: `deploying`. The cases cover the kinds of all registered
 * followers; the name of any other kind is returned unchanged.
 */
export function verbOf(operation: Named): string {
  if (isDeployment(operation)) return isRollback(operation) ? l10n.t('rolling back') : l10n.t('deploying');
  const { kind } = operation;
  switch (kind) {
    case 'batch':
      return l10n.t('updating');
    case 'nodegroup-version':
      return l10n.t('updating');
    case 'nodegroup-config':
      return l10n.t('changing');
    case 'nodegroup-other':
      return l10n.t('updating');
    default:
      return kind;
  }
}

/** Used in place of {@link verbOf} while the operation waits for the user's click. */
export function waitsForYouWords(): string {
  return l10n.t('waiting for you');
}

/** The result of an operation that succeeded, in a word or a sentence: `updated`. */
export function doneWords(operation: Named & Pick<Operation, 'outcome'>): string {
  const { facts = {} } = operation.outcome ?? {};
  if (isSetAlone(facts)) return l10n.t('set, and nothing runs there that could take it');
  const later = takenLaterIn(facts);
  switch (later) {
    case 'replaced':
      return l10n.t('set; each pod takes it when it is next replaced');
    case 'resumed':
      return l10n.t('set; the Deployment is paused, and its pods take it once somebody resumes it');
    case 'partition':
      return l10n.t('live above the partition; pods below it keep the earlier code');
  }
  if (isDeployment(operation)) {
    return isRollback(operation)
      ? l10n.t('rolled back, the earlier code is live again')
      : l10n.t('the new code is live');
  }
  switch (operation.kind) {
    case 'nodegroup-version':
      return l10n.t('updated');
    case 'nodegroup-config':
      return l10n.t('update settings changed');
    default:
      return l10n.t('done');
  }
}

/** The kind of an operation as a title, for a list: `Deploy code`. */
export function kindWords(operation: Named): string {
  if (isDeployment(operation))
    return isRollback(operation) ? l10n.t('Roll back code') : l10n.t('Deploy code');
  const { kind } = operation;
  switch (kind) {
    case 'batch':
      return l10n.t('Several at once');
    case 'nodegroup-version':
      return l10n.t('Update node group');
    case 'nodegroup-config':
      return l10n.t('Change update settings');
    case 'nodegroup-other':
      return l10n.t('Other update of a node group');
    default:
      return kind;
  }
}

/** True while an operation is under way: it has begun and has not ended. */
export function isOpen(operation: Operation): boolean {
  return operation.state === 'running' || operation.state === 'watching';
}

const BAD: readonly OperationState[] = ['failed', 'drifted', 'cancelled-by-aws', 'unknown'];

/** True if an operation ended in a way that needs the user's attention. */
export function isBadEnd(state: OperationState): boolean {
  return BAD.includes(state);
}

/** The moment from which the elapsed time of an operation is counted; epoch milliseconds. */
export function startOf({ sentAt, createdAt, facts }: Operation): number {
  // If Slipway did not start the update, AWS tells when the update began.
  const begun = facts['createdAt'];
  return sentAt ?? (typeof begun === 'number' ? begun : createdAt);
}
