/** An operation as bars over time: Slipway's own steps, and the wait for AWS or Kubernetes. */
import * as l10n from '@vscode/l10n';
import { present, presentItems } from '../../../model/present';
import type { Operation } from '../../../operations/operation';
import { operationWords, serviceWords, startOf } from '../../messages/operation';
import { sentence } from '../cells';
import type { Bar, Lane, Mark, Tone } from '../page';
import { toneOf } from './tone';

/** For each step that begins a part of the work, the step that ends that part. */
const PAIRS: Readonly<Record<string, string>> = {
  packing: 'packed',
  uploading: 'uploaded',
  recording: 'recorded',
};

/** The lane of a batch: one bar for each operation, from the beginning to the end of the operation. */
export function batchLane(rows: readonly (readonly [label: string, operation: Operation])[]): Lane {
  return {
    bars: rows.map(([label, operation]) => barOf(operation, label, startOf(operation), undefined)),
    marks: [],
  };
}

export function laneOf(operation: Operation): Lane {
  const { steps } = operation;
  const paired = steps.flatMap(({ name, at }) => {
    const end = PAIRS[name];
    return end === undefined ? [] : [barOf(operation, stepWords(name), at, firstAt(operation, end, at))];
  });
  const isPaired = (name: string): boolean => name in PAIRS || Object.values(PAIRS).includes(name);
  const marks: readonly Mark[] = steps
    .filter(({ name }) => !isPaired(name))
    .map(({ name, at }) => ({ at, label: sentence(stepWords(name)) }));
  // Sorted by start, so that a step is shown below the phase that contains it.
  return { bars: [...phases(operation), ...paired].toSorted((a, b) => a.from - b.from), marks };
}

function phases(operation: Operation): readonly Bar[] {
  const { createdAt, sentAt, acceptedAt } = operation;
  const service = serviceWords(operation);
  return presentItems(
    barOf(operation, l10n.t('Slipway prepares'), createdAt, sentAt),
    sentAt === undefined
      ? undefined
      : barOf(operation, l10n.t('Request to {0}', { 0: service }), sentAt, acceptedAt),
    acceptedAt === undefined
      ? undefined
      : barOf(operation, l10n.t('{0} updates', { 0: service }), acceptedAt, undefined),
  );
}

/** If `end` is undefined, the bar ends together with the operation, and shows the operation's state. */
function barOf(operation: Operation, label: string, from: number, end: number | undefined): Bar {
  const until = end ?? operation.endedAt;
  const isOwnEnd = end !== undefined;
  const tone: Tone = isOwnEnd ? 'good' : toneOf(operation);
  const state = isOwnEnd ? l10n.t('done') : operationWords(operation);
  return { label, from, ...present({ until }), tone, state };
}

function firstAt({ steps }: Operation, name: string, after: number): number | undefined {
  return steps.find((step) => step.name === name && step.at >= after)?.at;
}

/**
 * The words for a step on the time line of an operation. A step that this version of Slipway does not know is
 * shown by its name, with spaces in place of hyphens.
 */
function stepWords(name: string): string {
  switch (name) {
    case 'packing':
      return l10n.t('Packing');
    case 'packed':
      return l10n.t('packed');
    case 'uploading':
      return l10n.t('Upload');
    case 'uploaded':
      return l10n.t('uploaded');
    case 'recording':
      return l10n.t('Record');
    case 'recorded':
      return l10n.t('recorded');
    case 'looked':
      return l10n.t('looked at once more');
    case 'reused':
      return l10n.t('zip was there already');
    case 'verified':
      return l10n.t('upload verified');
    case 'read-node-group':
      return l10n.t('node group read');
    case 'more-to-send':
      return l10n.t('more is sent once it was taken');
    case 'all-sent':
      return l10n.t('all was sent');
    case 'gone-on':
      return l10n.t('gone on by a click');
    case 'request-failed':
      return l10n.t('request failed');
    default:
      return name.replaceAll('-', ' ');
  }
}
