/** Checks of what is going to be sent: names, initialization script, arguments, and what the cluster would lose. */
import type { Failure } from '../../model/failure';
import type { CodeConfiguration, CodeLocation, DeploymentStrategy } from '../../model/kdb';
import { differences } from '../configuration';
import { factsOf } from '../known';
import type { Destination } from '../plan/input';
import { argumentBreaches, manyArguments } from '../rules/arguments';
import type { RuleBreach } from '../rules/breach';
import {
  bucketBreach,
  clusterNameBreach,
  environmentIdBreach,
  initializationScriptBreach,
  keyBreach,
  prefixBreach,
  versionIdBreach,
} from '../rules/names';
import { type Check, check } from './check';

/** Names, keys and versions, each against AWS's rule. `facts.breaches` as the rules tell them. */
export function namesCheck(destination: Destination, code: CodeLocation): Check {
  const breaches = [
    environmentIdBreach(destination.environmentId),
    clusterNameBreach(destination.clusterName),
    bucketBreach(destination.bucket),
    prefixBreach(destination.prefix),
    bucketBreach(code.bucket),
    keyBreach(code.key),
    code.versionId === undefined ? undefined : versionIdBreach(code.versionId),
  ];
  return check(...refusedBy('names', breaches));
}

/** `files`: paths in the zip; undefined when they are not known, and `unread` is why. */
export function scriptCheck(
  script: string | undefined,
  strategy: DeploymentStrategy,
  files: readonly string[] | undefined,
  unread?: Failure,
): Check {
  if (script === undefined) return check('script', 'none');
  const breach = initializationScriptBreach(script);
  if (breach !== undefined) return check('script', 'refused', { breaches: [asFact(breach)] });
  if (files === undefined) {
    return check('script', 'unknown', { script, ...(unread?.kind === 'aws' && factsOf(unread)) });
  }
  if (files.includes(asZipPath(script))) return check('script', 'in-zip', { script });
  return check('script', strategy === 'NO_RESTART' ? 'kept-not-in-zip' : 'not-in-zip', {
    script,
    similar: files.filter((path) => nameOf(path) === nameOf(asZipPath(script))).slice(0, 5),
  });
}

/** Each argument against AWS's rules; `facts.breaches` never hold a value. */
export function argumentsCheck({ commandLineArguments }: CodeConfiguration): Check {
  const breaches = argumentBreaches(commandLineArguments);
  if (breaches.length > 0) return check(...refusedBy('arguments', breaches));
  const many = manyArguments(commandLineArguments);
  return many === undefined ? check('arguments', 'valid') : check('arguments', 'many', many.facts);
}

/** Arguments by key, and the script, that the cluster has now and would no longer have. */
export function droppedCheck(current: CodeConfiguration, next: CodeConfiguration): Check {
  const kept = new Set(next.commandLineArguments.map(({ key }) => key));
  const keys = current.commandLineArguments.map(({ key }) => key).filter((key) => !kept.has(key));
  const script = next.initializationScript === undefined ? current.initializationScript : undefined;
  return keys.length === 0 && script === undefined
    ? check('dropped', 'nothing')
    : check('dropped', 'some', { arguments: keys, script });
}

/** Nothing to change is a restart, which is legal: a warning. */
export function changeCheck(current: CodeConfiguration, next: CodeConfiguration): Check {
  const parts = differences(current, next);
  return parts.length === 0 ? check('change', 'none') : check('change', 'some', { parts });
}

function refusedBy<Id extends 'names' | 'arguments'>(
  id: Id,
  found: readonly (RuleBreach | undefined)[],
): [Id, 'valid' | 'refused', { readonly breaches?: readonly ReturnType<typeof asFact>[] }] {
  const breaches = found.filter((breach) => breach !== undefined).map(asFact);
  return breaches.length === 0 ? [id, 'valid', {}] : [id, 'refused', { breaches }];
}

function asFact({ code, field, facts }: RuleBreach) {
  return { code, ...(field && { field }), facts };
}

/** AWS takes backslashes in the script's path; zips have slashes. */
function asZipPath(script: string): string {
  return script.replaceAll('\\', '/').replace(/^(\.\/)+/, '');
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).toLowerCase();
}
