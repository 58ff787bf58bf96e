/** Removes the values of command-line arguments from data that others may read: logs, pages, exports. */
import type { Json } from './json';
import { parseJson } from './parse-json';
import { MASK, withoutSecrets, withoutValues } from './without-secrets';

/** The member under which requests, plans and records keep command-line arguments. */
const ARGUMENTS = 'commandLineArguments';
/** The annotation in which a request to Kubernetes keeps command-line arguments, as one text. */
const AS_TEXT = 'slipway.dev/arguments';
/** Members with AWS's own sentences, which may repeat a value that AWS refused. */
const SENTENCES: ReadonlySet<string> = new Set(['message', 'statusReason']);

/**
 * A copy in which `***` replaces the values of command-line arguments: each text under a member
 * `commandLineArguments`, at any depth, unless its own member is named `key`, and the annotation that holds
 * arguments. In AWS's own sentences, `***` also replaces other secrets, and these values unless they are very
 * short.
 */
export function masked(data: Json): Json {
  return copied(data, { values: [...new Set(argumentValues(data, false))], isArgument: false });
}

interface Place {
  readonly values: readonly string[];
  readonly isArgument: boolean;
  /** Name of the member that contains the data. */
  readonly name?: string;
}

function copied(data: Json | undefined, place: Place): Json {
  if (typeof data === 'string') return text(data, place);
  if (Array.isArray(data)) return data.map((item: Json) => copied(item, place));
  if (!isObject(data)) return data ?? null;
  return Object.fromEntries(
    members(data).map(([name, value]) => {
      const isArgument = place.isArgument || isArguments(name);
      return [name, copied(value, { ...place, name, isArgument })];
    }),
  );
}

function text(data: string, { values, isArgument, name }: Place): string {
  if (isArgument) return name === 'key' ? data : MASK;
  if (name === undefined || !SENTENCES.has(name)) return data;
  return withoutSecrets(withoutValues(data, values));
}

function argumentValues(data: Json | undefined, isArgument: boolean): readonly string[] {
  if (typeof data === 'string') return isArgument ? [data] : [];
  if (Array.isArray(data)) return data.flatMap((item: Json) => argumentValues(item, isArgument));
  if (!isObject(data)) return [];
  return members(data).flatMap(([name, value]) =>
    name === AS_TEXT && typeof value === 'string'
      ? [value, ...wordsIn(value)]
      : name === 'key' && isArgument
        ? []
        : argumentValues(value, isArgument || isArguments(name)),
  );
}

/** The values in a command line that is stored as a JSON list of words: every second word. */
function wordsIn(value: string): readonly string[] {
  const words = parseJson(value);
  return Array.isArray(words) ? words.filter((word, at) => at % 2 === 1 && typeof word === 'string') : [];
}

function isArguments(name: string): boolean {
  return name === ARGUMENTS || name === AS_TEXT;
}

function members(data: { readonly [key: string]: Json | undefined }): [string, Json | undefined][] {
  return Object.entries(data).filter(([, value]) => value !== undefined);
}

function isObject(data: Json | undefined): data is { readonly [key: string]: Json | undefined } {
  return typeof data === 'object' && data !== null && !Array.isArray(data);
}
