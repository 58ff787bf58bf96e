/** Reads plain data from the ledger and from buckets: a value that is missing or of another type is undefined. */

import type { CodeConfiguration, CodeLocation, CommandLineArgument } from '../model/code';
import type { Json } from '../model/json';
import { present } from '../model/present';
import type { ConfigurationWithCode } from './configuration';

type Data = Json | undefined;

/** The member of an object; undefined if `value` is no object or lacks the member. */
export function memberOf(value: Data, name: string): Data {
  return value instanceof Object && !Array.isArray(value) && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, Data>>)[name]
    : undefined;
}

/** A member that is a text. */
export function textIn(value: Data, name: string): string | undefined {
  const found = memberOf(value, name);
  return typeof found === 'string' ? found : undefined;
}

/** True for a member that is there and is no text: damaged data, which must not pass for data without the member. */
export function isNoText(value: Data, name: string): boolean {
  return memberOf(value, name) !== undefined && textIn(value, name) === undefined;
}

/** A member that is a number. */
export function numberIn(value: Data, name: string): number | undefined {
  const found = memberOf(value, name);
  return typeof found === 'number' ? found : undefined;
}

/** A member that is a list. */
export function listIn(value: Data, name: string): readonly Json[] | undefined {
  const found = memberOf(value, name);
  return Array.isArray(found) ? found : undefined;
}

type Whole<T> = { readonly [Name in keyof T]: Exclude<T[Name], undefined> };

/** The values, or undefined if one of them is undefined. */
export function whole<T extends Readonly<Record<string, unknown>>>(values: T): Whole<T> | undefined {
  return Object.values(values).includes(undefined) ? undefined : (values as Whole<T>);
}

/** As {@link configurationIn}, but undefined for a configuration without code, too. */
export function configurationWithCodeIn(value: Data): ConfigurationWithCode | undefined {
  const configuration = configurationIn(value);
  return configuration?.code && { ...configuration, code: configuration.code };
}

/** The configuration that {@link configurationJson} wrote. Undefined when any part of it is damaged. */
export function configurationIn(value: Data): CodeConfiguration | undefined {
  const list = listIn(value, 'commandLineArguments');
  const commandLineArguments = list && argumentsOf(list);
  const code = codeIn(value, 'code');
  const script = textIn(value, 'initializationScript');
  const damaged =
    (memberOf(value, 'code') !== undefined && code === undefined) || isNoText(value, 'initializationScript');
  if (commandLineArguments === undefined || damaged) return undefined;
  return {
    ...present({ code, initializationScript: script }),
    commandLineArguments,
  };
}

function codeIn(value: Data, name: string): CodeLocation | undefined {
  const code = memberOf(value, name);
  const found = whole({ bucket: textIn(code, 'bucket'), key: textIn(code, 'key') });
  const versionId = textIn(code, 'versionId');
  if (isNoText(code, 'versionId')) return undefined;
  return found && { ...found, ...present({ versionId }) };
}

/** Undefined if any argument is damaged: a damaged argument must not be dropped silently. */
export function argumentsOf(list: readonly Json[]): readonly CommandLineArgument[] | undefined {
  const found = list.map((one) => ({ key: textIn(one, 'key'), value: textIn(one, 'value') }));
  return found.every((one): one is CommandLineArgument => one.key !== undefined && one.value !== undefined)
    ? found
    : undefined;
}

/** A configuration as plain data, without the members that are undefined. */
export function configurationJson(configuration: CodeConfiguration): Readonly<Record<string, Json>> {
  const { code, initializationScript, commandLineArguments } = configuration;
  return {
    ...(code && { code: { ...code } }),
    ...present({ initializationScript }),
    commandLineArguments: commandLineArguments.map(({ key, value }) => ({ key, value })),
  };
}
