/** The buttons under the notification of an operation that has ended. */
import type { Operation } from '../operations/operation';
import type { Remedy } from '../view/notify';

/** With more buttons, VS Code cuts their labels. */
const MOST = 3;

/**
 * After a failure the first button only shows something: people press it without reading. Remedies that do not fit are on
 * the operation's page, which "Show Details" opens.
 * @param helps the safest first.
 */
export function endedButtons(
  { state }: Pick<Operation, 'state'>,
  helps: readonly Remedy[],
  details: Remedy,
): readonly Remedy[] {
  return state === 'succeeded' ? [...helps.slice(0, MOST - 1), details] : [details, ...helps].slice(0, MOST);
}
