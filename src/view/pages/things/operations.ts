/** Operations on a thing, running and past, with links to their pages. */
import * as l10n from '@vscode/l10n';
import { present, presentItems } from '../../../model/present';
import type { Operation } from '../../../operations/operation';
import { isBadEnd, isOpen, kindWords, operationWords, startOf } from '../../messages/operation';
import { durationWords } from '../../messages/phase';
import { mutedText } from '../blocks';
import { muted, sign, time } from '../cells';
import { toneOf } from '../operations/tone';
import type { Block, Cell, Finding, Section, TableRow } from '../page';
import { operationButton } from './buttons';

export interface ThingOperation {
  readonly operation: Operation;
  /** The name of the inner thing that the operation changes; absent where it changes the thing itself. */
  readonly of?: string;
  /** The progress of the operation, in words. */
  readonly progress?: string;
  /** Why the operation ended badly; absent if it did not. */
  readonly why?: string;
}

/** The most operations that the table shows; the Operations view shows more. */
const MOST = 8;

/** A notice for each operation that runs or waits for the user. */
export function runningNotices(operations: readonly ThingOperation[], now: number): readonly Finding[] {
  return operations
    .filter(({ operation }) => isOpen(operation) || operation.paused !== undefined)
    .map(({ operation, of, progress }) => {
      const took = durationWords(now - startOf(operation));
      const what = of === undefined ? kindWords(operation) : `${kindWords(operation)}: ${of}`;
      return {
        tone: toneOf(operation),
        verdict: operation.paused === undefined ? l10n.t('running') : l10n.t('waiting'),
        title: l10n.t('{0}, for {1} so far', { 0: what, 1: took }),
        text: progress ?? operationWords(operation),
        buttons: [operationButton(operation.id, l10n.t('Show Operation'), 'notice')],
      };
    });
}

/**
 * A finding about the newest of the ended operations on the thing itself; undefined if there is none, or if
 * that operation did not end badly.
 */
export function lastFailure(operations: readonly ThingOperation[]): Finding | undefined {
  const last = operations.find(({ operation, of }) => of === undefined && operation.endedAt !== undefined);
  if (last === undefined || !isBadEnd(last.operation.state)) return undefined;
  const { operation, why } = last;
  return {
    tone: toneOf(operation),
    verdict: l10n.t('last time'),
    title: l10n.t('{0}: {1}', { 0: kindWords(operation), 1: operationWords(operation) }),
    ...present({ text: why }),
    buttons: [operationButton(operation.id, l10n.t('Show Operation'), 'problem')],
  };
}

export function operationsSection(operations: readonly ThingOperation[], now: number): Section {
  const shown = operations.slice(0, MOST);
  return {
    id: 'operations',
    heading: l10n.t('Last operations'),
    ...(operations.length > MOST && {
      note: l10n.t('the last {0} of {1}', { 0: MOST, 1: operations.length }),
    }),
    blocks: [
      shown.length === 0
        ? mutedText(l10n.t('Slipway has not changed anything here from this machine.'))
        : tableBlock(shown, now),
    ],
  };
}

function tableBlock(shown: readonly ThingOperation[], now: number): Block {
  const isOfOthers = shown.some(({ of }) => of !== undefined);
  return {
    kind: 'table',
    caption: l10n.t('Last operations'),
    head: presentItems(
      l10n.t('What'),
      isOfOthers ? l10n.t('Of') : undefined,
      l10n.t('State'),
      l10n.t('Begun'),
      l10n.t('Took'),
    ),
    rows: shown.map(({ operation, of }): TableRow => {
      const { endedAt } = operation;
      return {
        cells: presentItems<Cell>(
          { kind: 'link', button: operationButton(operation.id, kindWords(operation)) },
          isOfOthers ? (of ?? '') : undefined,
          sign(toneOf(operation), operationWords(operation)),
          time(operation.createdAt, now),
          endedAt === undefined
            ? muted(l10n.t('goes on'))
            : durationWords(Math.max(0, endedAt - startOf(operation))),
        ),
      };
    }),
  };
}
