/**
 * Checks of the configuration that will be sent: names, script, arguments, and the parts that the target
 * would lose.
 */

import type { CodeConfiguration, CodeLocation } from '../../model/code';
import { present } from '../../model/present';
import { declareCheck } from '../../plan/check';
import type { ReadFailure } from '../../plan/optional-read';
import type { Strategy } from '../port/strategy';
import type { TargetKind } from '../port/target-kind';
import type { BreachFacts, RuleBreach } from '../rules/breach';
import { argumentBreaches, type ConfigurationRules } from '../rules/configuration-rules';
import { block, pass, unknown, warn } from './check';

interface Breaches {
  readonly breaches: readonly RuleBreach[];
}

const NAMES = declareCheck('names', {
  'names.valid': pass(),
  'names.refused': block<Breaches>('change-name'),
});

/** The parts of a deployment's destination that the check of its names needs. */
export interface Named {
  readonly kind: TargetKind;
  readonly path: readonly string[];
  readonly bucket: string;
  readonly prefix: string;
}

/** Judges names, keys and versions, each by the rule of the kind of target. */
export function namesCheck(destination: Named, code: CodeLocation) {
  const { kind, path, bucket, prefix } = destination;
  const { members, rules } = kind;
  const breaches = [
    ...Object.keys(members.properties).map((name, at) => members.breachOf(name, path[at] ?? '')),
    rules.bucket(bucket),
    rules.prefix(prefix),
    rules.bucket(code.bucket),
    rules.key(code.key),
    code.versionId === undefined ? undefined : rules.versionId(code.versionId),
  ].filter((breach) => breach !== undefined);
  return breaches.length === 0 ? NAMES.found('names.valid') : NAMES.found('names.refused', { breaches });
}

interface Script {
  readonly script: string;
}

/** `similar`: up to five files of the zip with the same name, in any folder and in upper or lower case. */
interface MissingScript extends Script {
  readonly similar: readonly string[];
}

const SCRIPT = declareCheck('script', {
  'script.none': pass(),
  'script.in-zip': pass<Script>(),
  'script.not-in-zip': block<MissingScript>('choose-script'),
  /** Without a restart, a script that is missing in the zip is needed only at the next start. */
  'script.kept-not-in-zip': warn<MissingScript>('choose-script'),
  'script.refused': block<Breaches>('choose-script'),
  /** `why`: absent where the object exists but is not a zip. */
  'script.unknown': unknown<Script & { readonly why?: ReadFailure }>(),
});

/** `files`: the paths in the zip; undefined if they are not known, for the reason `unread`. */
export function scriptCheck(
  script: string | undefined,
  rules: Pick<ConfigurationRules, 'initializationScript'>,
  { restarts }: Pick<Strategy, 'restarts'>,
  files: readonly string[] | undefined,
  unread?: ReadFailure,
) {
  if (script === undefined) return SCRIPT.found('script.none');
  const breach = rules.initializationScript(script);
  if (breach !== undefined) return SCRIPT.found('script.refused', { breaches: [breach] });
  if (files === undefined) {
    return SCRIPT.found('script.unknown', { script, ...present({ why: unread }) });
  }
  if (files.includes(asZipPath(script))) return SCRIPT.found('script.in-zip', { script });
  const similar = files.filter((path) => nameOf(path) === nameOf(asZipPath(script))).slice(0, 5);
  const code = restarts ? 'script.not-in-zip' : 'script.kept-not-in-zip';
  return SCRIPT.found(code, { script, similar });
}

const ARGUMENTS = declareCheck('arguments', {
  'arguments.valid': pass(),
  'arguments.many': warn<BreachFacts['many-arguments']>('edit-arguments'),
  'arguments.refused': block<Breaches>('edit-arguments'),
});

/**
 * Judges each argument, and the number of arguments, by the rules of the kind of target. A breach never
 * contains the argument's value, which may be a secret.
 */
export function argumentsCheck({ commandLineArguments }: CodeConfiguration, rules: ConfigurationRules) {
  const breaches = argumentBreaches(commandLineArguments, rules);
  if (breaches.length > 0) return ARGUMENTS.found('arguments.refused', { breaches });
  const many = rules.manyArguments(commandLineArguments);
  return many === undefined
    ? ARGUMENTS.found('arguments.valid')
    : ARGUMENTS.found('arguments.many', many.facts);
}

/** The parts that the target would lose: arguments by key, and the script. */
export interface Dropped {
  readonly arguments: readonly string[];
  readonly script?: string;
}

const DROPPED = declareCheck('dropped', {
  'dropped.nothing': pass(),
  'dropped.some': warn<Dropped>('keep-arguments'),
});

/** Finds the arguments and the script that the target has now and would lose. */
export function droppedCheck(current: CodeConfiguration, next: CodeConfiguration) {
  const kept = new Set(next.commandLineArguments.map(({ key }) => key));
  const keys = current.commandLineArguments.map(({ key }) => key).filter((key) => !kept.has(key));
  const script = next.initializationScript === undefined ? current.initializationScript : undefined;
  return keys.length === 0 && script === undefined
    ? DROPPED.found('dropped.nothing')
    : DROPPED.found('dropped.some', { arguments: keys, ...present({ script }) });
}

/**
 * The script's path as a zip has it: with slashes, though AWS also accepts backslashes, and without a leading
 * `./`.
 */
function asZipPath(script: string): string {
  return script.replaceAll('\\', '/').replace(/^(\.\/)+/, '');
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).toLowerCase();
}
