/** Removes values of command-line arguments, which may be secrets, from FinSpace's answers. */

import type { CommandLineArgument } from '../../model/code';
import { failed, failureOf } from '../../model/failure';
import { withoutValues } from '../../model/without-secrets';

/**
 * The result of `sent`. If it fails, values of the arguments are removed from the error's message. An error
 * whose message, stack or cause contains such a value is thrown without a cause: the log shows causes with
 * their stacks.
 */
export async function hidingValues<T>(
  commandLineArguments: readonly CommandLineArgument[],
  sent: Promise<T>,
): Promise<T> {
  const values = valuesOf(commandLineArguments);
  try {
    return await sent;
  } catch (thrown) {
    const failure = failureOf(thrown);
    if (!('message' in failure)) throw thrown;
    const message = withoutValues(failure.message, values);
    if (message === failure.message && !tells(thrown, values)) throw thrown;
    throw failed({ ...failure, message });
  }
}

/** Returns a sentence about a cluster, with the values of the cluster's arguments removed. */
export function hidden(
  sentence: string | undefined,
  commandLineArguments: readonly Partial<CommandLineArgument>[],
): string | undefined {
  return sentence === undefined ? undefined : withoutValues(sentence, valuesOf(commandLineArguments));
}

function valuesOf(commandLineArguments: readonly Partial<CommandLineArgument>[]): readonly string[] {
  return commandLineArguments.flatMap(({ value }) => (value === undefined ? [] : [value]));
}

function tells(thrown: unknown, values: readonly string[]): boolean {
  if (!(thrown instanceof Error)) return false;
  const said = `${thrown.message}\n${thrown.stack}`;
  return withoutValues(said, values) !== said || tells(thrown.cause, values);
}
