/** Checks of what is going to be sent: names, initialization script, arguments, and what the cluster would lose. */
import type { CodeConfiguration, CodeLocation, DeploymentStrategy } from '../../model/kdb';
import { declareCheck } from '../../plan/check';
import type { ReadFailure } from '../../plan/optional-read';
import { argumentBreaches, manyArguments } from '../rules/arguments';
import type { BreachFacts, RuleBreach } from '../rules/breach';
import {
  bucketBreach,
  clusterNameBreach,
  environmentIdBreach,
  initializationScriptBreach,
  keyBreach,
  prefixBreach,
  versionIdBreach,
} from '../rules/names';
import { block, pass, unknown, warn } from './check';

interface Breaches {
  readonly breaches: readonly RuleBreach[];
}

const NAMES = declareCheck('names', {
  'names.valid': pass(),
  'names.refused': block<Breaches>('change-name'),
});

/** What a deployment names besides the code. */
export interface Named {
  readonly environmentId: string;
  readonly clusterName: string;
  readonly bucket: string;
  readonly prefix: string;
}

/** Names, keys and versions, each against AWS's rule. */
export function namesCheck(destination: Named, code: CodeLocation) {
  const breaches = [
    environmentIdBreach(destination.environmentId),
    clusterNameBreach(destination.clusterName),
    bucketBreach(destination.bucket),
    prefixBreach(destination.prefix),
    bucketBreach(code.bucket),
    keyBreach(code.key),
    code.versionId === undefined ? undefined : versionIdBreach(code.versionId),
  ].filter((breach) => breach !== undefined);
  return breaches.length === 0 ? NAMES.found('names.valid') : NAMES.found('names.refused', { breaches });
}

interface Script {
  readonly script: string;
}

/** `similar`: files of the same name in other folders. */
interface MissingScript extends Script {
  readonly similar: readonly string[];
}

const SCRIPT = declareCheck('script', {
  'script.none': pass(),
  'script.in-zip': pass<Script>(),
  'script.not-in-zip': block<MissingScript>('choose-script'),
  /** NO_RESTART: the script is needed at the next restart only. */
  'script.kept-not-in-zip': warn<MissingScript>('choose-script'),
  'script.refused': block<Breaches>('choose-script'),
  /** `why`: absent where the zip is there and is none. */
  'script.unknown': unknown<Script & { readonly why?: ReadFailure }>(),
});

/** `files`: paths in the zip; undefined when they are not known, and `unread` is why. */
export function scriptCheck(
  script: string | undefined,
  strategy: DeploymentStrategy,
  files: readonly string[] | undefined,
  unread?: ReadFailure,
) {
  if (script === undefined) return SCRIPT.found('script.none');
  const breach = initializationScriptBreach(script);
  if (breach !== undefined) return SCRIPT.found('script.refused', { breaches: [breach] });
  if (files === undefined) {
    return SCRIPT.found('script.unknown', { script, ...(unread && { why: unread }) });
  }
  if (files.includes(asZipPath(script))) return SCRIPT.found('script.in-zip', { script });
  const similar = files.filter((path) => nameOf(path) === nameOf(asZipPath(script))).slice(0, 5);
  const code = strategy === 'NO_RESTART' ? 'script.kept-not-in-zip' : 'script.not-in-zip';
  return SCRIPT.found(code, { script, similar });
}

const ARGUMENTS = declareCheck('arguments', {
  'arguments.valid': pass(),
  'arguments.many': warn<BreachFacts['many-arguments']>('edit-arguments'),
  'arguments.refused': block<Breaches>('edit-arguments'),
});

/** Each argument against AWS's rules; the breaches never hold a value. */
export function argumentsCheck({ commandLineArguments }: CodeConfiguration) {
  const breaches = argumentBreaches(commandLineArguments);
  if (breaches.length > 0) return ARGUMENTS.found('arguments.refused', { breaches });
  const many = manyArguments(commandLineArguments);
  return many === undefined
    ? ARGUMENTS.found('arguments.valid')
    : ARGUMENTS.found('arguments.many', many.facts);
}

/** What the cluster has now and would lose. */
const DROPPED = declareCheck('dropped', {
  'dropped.nothing': pass(),
  'dropped.some': warn<{ readonly arguments: readonly string[]; readonly script?: string }>('keep-arguments'),
});

/** Arguments by key, and the script, that the cluster has now and would no longer have. */
export function droppedCheck(current: CodeConfiguration, next: CodeConfiguration) {
  const kept = new Set(next.commandLineArguments.map(({ key }) => key));
  const keys = current.commandLineArguments.map(({ key }) => key).filter((key) => !kept.has(key));
  const script = next.initializationScript === undefined ? current.initializationScript : undefined;
  return keys.length === 0 && script === undefined
    ? DROPPED.found('dropped.nothing')
    : DROPPED.found('dropped.some', { arguments: keys, ...(script !== undefined && { script }) });
}

/** AWS takes backslashes in the script's path; zips have slashes. */
function asZipPath(script: string): string {
  return script.replaceAll('\\', '/').replace(/^(\.\/)+/, '');
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).toLowerCase();
}
