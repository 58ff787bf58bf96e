/** Compares code configurations, and builds the next one from parts that are kept, cleared or replaced. */

import type { CodeConfiguration, CodeLocation, CommandLineArgument } from '../model/code';
import { present } from '../model/present';

/** The configuration after an update: it always has code. */
export type ConfigurationWithCode = CodeConfiguration & { readonly code: CodeLocation };

/** The user's choice for a part that AWS drops unless it is sent again. */
export type Choice<T> =
  | { readonly kind: 'keep' }
  | { readonly kind: 'clear' }
  | { readonly kind: 'value'; readonly value: T };

/** The part stays as the target has it. */
export const KEEP = { kind: 'keep' } as const;
/** The part is removed on purpose. */
export const CLEAR = { kind: 'clear' } as const;

/** The choices for the parts of a configuration other than the code. */
export interface Choices {
  readonly initializationScript: Choice<string>;
  readonly commandLineArguments: Choice<readonly CommandLineArgument[]>;
}

/** The choices of an update that changes only the code. */
export const KEEP_ALL: Choices = { initializationScript: KEEP, commandLineArguments: KEEP };

/** The choices that turn any configuration into this one, except for the code. */
export function choicesOf(configuration: CodeConfiguration): Choices {
  const { initializationScript: script, commandLineArguments: list } = configuration;
  return {
    initializationScript: script === undefined ? CLEAR : { kind: 'value', value: script },
    commandLineArguments: list.length === 0 ? CLEAR : { kind: 'value', value: list },
  };
}

/** The configuration after an update with this code and these choices. */
export function configurationAfter(
  current: CodeConfiguration,
  code: CodeLocation,
  { initializationScript, commandLineArguments }: Choices,
): ConfigurationWithCode {
  const script = chosen(initializationScript, current.initializationScript);
  return {
    code,
    ...present({ initializationScript: script }),
    commandLineArguments: chosen(commandLineArguments, current.commandLineArguments) ?? [],
  };
}

function chosen<T>(choice: Choice<T>, current: T | undefined): T | undefined {
  switch (choice.kind) {
    case 'keep':
      return current;
    case 'clear':
      return undefined;
    case 'value':
      return choice.value;
  }
}

export type ConfigurationPart = 'code' | 'script' | 'arguments';

/** The parts in which two configurations differ. The order of arguments does not matter, but their number does. */
export function differences(a: CodeConfiguration, b: CodeConfiguration): readonly ConfigurationPart[] {
  const parts: ConfigurationPart[] = [];
  if (!sameCode(a.code, b.code)) parts.push('code');
  if (a.initializationScript !== b.initializationScript) parts.push('script');
  if (!sameArguments(a.commandLineArguments, b.commandLineArguments)) parts.push('arguments');
  return parts;
}

/**
 * As {@link differences}, except that an expected code location without a version matches any version: the
 * service may report a version even if the request had none.
 */
export function missedBy(
  expected: CodeConfiguration,
  found: CodeConfiguration,
): readonly ConfigurationPart[] {
  return expected.code?.versionId === undefined && found.code?.versionId !== undefined
    ? differences(expected, { ...found, code: withoutVersion(found.code) })
    : differences(expected, found);
}

/**
 * The parts in which `found` contradicts `expected`. An endpoint may leave optional members out of its answers: a
 * missing version contradicts nothing. A missing script and missing arguments contradict nothing if `before` lacked
 * them, too; without `before`, the endpoint is assumed to report them.
 */
export function contradicts(
  expected: CodeConfiguration,
  found: CodeConfiguration,
  before?: CodeConfiguration,
): readonly ConfigurationPart[] {
  const untold = (part: 'initializationScript' | 'commandLineArguments'): boolean =>
    before !== undefined && (before[part]?.length ?? 0) === 0 && (found[part]?.length ?? 0) === 0;
  const code =
    expected.code !== undefined && found.code !== undefined && found.code.versionId === undefined
      ? withoutVersion(expected.code)
      : expected.code;
  const { initializationScript: script } = untold('initializationScript') ? found : expected;
  return missedBy(
    {
      ...present({ code, initializationScript: script }),
      commandLineArguments: (untold('commandLineArguments') ? found : expected).commandLineArguments,
    },
    found,
  );
}

function withoutVersion({ bucket, key }: CodeLocation): CodeLocation {
  return { bucket, key };
}

/** Compares bucket, key and version. Two configurations without code have the same code. */
export function sameCode(a: CodeLocation | undefined, b: CodeLocation | undefined): boolean {
  return a?.bucket === b?.bucket && a?.key === b?.key && a?.versionId === b?.versionId;
}

function sameArguments(a: readonly CommandLineArgument[], b: readonly CommandLineArgument[]): boolean {
  const sorted = (list: readonly CommandLineArgument[]) =>
    list.map(({ key, value }) => JSON.stringify([key, value])).sort();
  return a.length === b.length && JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}
