/** Turns a code configuration into annotations of a pod template, and back. */

import type { CodeConfiguration, CodeLocation, CommandLineArgument } from '../../model/code';
import { parseJson } from '../../model/parse-json';
import { present } from '../../model/present';
import { ANNOTATION } from '../../model/workload';
import type { ConfigurationWithCode } from '../configuration';

export type Annotations = Readonly<Record<string, string>>;

/**
 * The annotations for the configuration. The list is complete: an apply removes Slipway's other annotations.
 * @param digest SHA-256 of the zip, hex
 */
export function annotationsOf(
  { code, initializationScript, commandLineArguments }: ConfigurationWithCode,
  digest: string,
): Annotations {
  return {
    [ANNOTATION.uri]: `s3://${code.bucket}/${code.key}`,
    ...(code.versionId !== undefined && { [ANNOTATION.version]: code.versionId }),
    [ANNOTATION.digest]: digest,
    ...(initializationScript !== undefined && { [ANNOTATION.script]: initializationScript }),
    ...(commandLineArguments.length > 0 && { [ANNOTATION.arguments]: argumentsText(commandLineArguments) }),
  };
}

/** The arguments as a JSON list of the words of the program's command line: `["-s","4"]`. */
function argumentsText(list: readonly CommandLineArgument[]): string {
  return JSON.stringify(list.flatMap(({ key, value }) => [`-${key}`, value]));
}

/**
 * The configuration in the annotations. Empty annotations count as missing, and so do a location or arguments
 * that cannot be read; {@link unreadable} returns the names of the unreadable ones.
 */
export function configurationIn(annotations: Annotations): CodeConfiguration {
  const code = codeIn(annotations);
  const script = annotations[ANNOTATION.script];
  return {
    ...present({ code }),
    ...(script && { initializationScript: script }),
    commandLineArguments: argumentsIn(annotations) ?? [],
  };
}

/** Names of the annotations whose values cannot be read. */
export function unreadable(annotations: Annotations): readonly string[] {
  return [
    ...(annotations[ANNOTATION.uri] && codeIn(annotations) === undefined ? [ANNOTATION.uri] : []),
    ...(argumentsIn(annotations) === undefined ? [ANNOTATION.arguments] : []),
  ];
}

function codeIn(annotations: Annotations): CodeLocation | undefined {
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/s.exec(annotations[ANNOTATION.uri] ?? '') ?? [];
  const versionId = annotations[ANNOTATION.version];
  if (bucket === undefined || key === undefined) return undefined;
  return { bucket, key, ...(versionId && { versionId }) };
}

/** Undefined for a value that is not a list of arguments. */
function argumentsIn(annotations: Annotations): readonly CommandLineArgument[] | undefined {
  const text = annotations[ANNOTATION.arguments];
  if (!text) return [];
  const words = parseJson(text);
  if (!Array.isArray(words) || words.length % 2 === 1 || !words.every((word) => typeof word === 'string'))
    return undefined;
  const list: CommandLineArgument[] = [];
  for (let at = 0; at < words.length; at += 2) {
    const [flag = '', value = ''] = words.slice(at, at + 2);
    if (!/^-./.test(flag)) return undefined;
    list.push({ key: flag.slice(1), value });
  }
  return list;
}

/** Names of the annotations whose values differ. */
export function differing(a: Annotations, b: Annotations): readonly string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((name) => a[name] !== b[name]).sort();
}
