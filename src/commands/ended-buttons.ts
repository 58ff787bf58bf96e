/** The buttons under the notification of an operation that has ended. */
import type { Operation } from '../operations/operation';
import type { Remedy } from '../view/notify';

/**
 * Where it did not go well, the first one only shows something: it is the button that is pressed without reading.
 * @param helps the safest first.
 */
export function endedButtons(
  { state }: Pick<Operation, 'state'>,
  helps: readonly Remedy[],
  details: Remedy,
): readonly Remedy[] {
  return state === 'succeeded' ? [...helps, details] : [details, ...helps];
}
