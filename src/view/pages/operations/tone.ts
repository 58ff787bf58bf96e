/** The tone of an operation. Pages show a tone by shape and colour. */
import type { Operation, OperationState } from '../../../operations/operation';
import type { Tone } from '../page';

const TONES: { readonly [S in OperationState]: Tone } = {
  planned: 'neutral',
  running: 'running',
  watching: 'running',
  succeeded: 'good',
  failed: 'error',
  cancelled: 'neutral',
  drifted: 'warning',
  'cancelled-by-aws': 'warning',
  unwatched: 'unknown',
  unknown: 'unknown',
};

/** An operation that waits for the user's click has the tone of a warning, whatever its state. */
export function toneOf({ state, paused }: Pick<Operation, 'state' | 'paused'>): Tone {
  return paused === undefined ? TONES[state] : 'warning';
}
