/** The buttons under the notification of an operation that has ended. */
import type { Operation } from '../operations/operation';
import type { Remedy } from '../view/notify';

/** More of them cut each other's labels. */
const MOST = 3;

/**
 * Where it did not go well, the first one only shows something: it is the button that is pressed without reading. What does
 * not fit stands on the page of the operation, which the details lead to.
 * @param helps the safest first.
 */
export function endedButtons(
  { state }: Pick<Operation, 'state'>,
  helps: readonly Remedy[],
  details: Remedy,
): readonly Remedy[] {
  return state === 'succeeded' ? [...helps.slice(0, MOST - 1), details] : [details, ...helps].slice(0, MOST);
}
