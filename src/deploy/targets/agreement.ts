/**
 * The user's agreement to a target, given once on each machine, and the changes that require a new agreement.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Json } from '../../model/json';
import { memberOf } from '../reading-json';
import { type OnSave, ownMembers, type Target, type TargetConnection } from './target';

/**
 * Returns true if a change of one member needs a new agreement. `before`: the stored value, which may have any type.
 */
type AsksAgain<T> = (before: unknown, now: T) => boolean;

/** One entry for each member: a new member without an entry does not compile. */
type Meanings<T> = { readonly [Name in keyof Required<T>]: AsksAgain<T[Name]> };

const always: AsksAgain<unknown> = (before, now) => !isDeepStrictEqual(before, now);
const never: AsksAgain<unknown> = () => false;
const whenSwitchedOn: AsksAgain<boolean> = (before, now) => now && before !== true;
const whenSwitchedOff: AsksAgain<boolean> = (before, now) => !now && before !== false;
const whenRaised: AsksAgain<number> = (before, now) => typeof before !== 'number' || now > before;

type Account = Extract<TargetConnection, { kind: 'account' }>;

const CONNECTION: Meanings<Account> = {
  // These decide where the code goes. The profile is one of them, since it may name another endpoint.
  kind: always,
  accountId: always,
  region: always,
  profile: always,
};

const ON_SAVE: Meanings<OnSave> = {
  // These decide which saves upload without a question.
  enabled: whenSwitchedOn,
  autoSave: whenSwitchedOn,
  externalChanges: whenSwitchedOn,
  burst: whenRaised,
  // This decides only when uploads begin.
  debounceMs: never,
};

/** The members that targets of all kinds have, by their names in `slipway.json`. */
type Members = Omit<Target, 'kind' | 'path'> & { readonly kind: string };

const PLACE: Meanings<Pick<Members, 'name' | 'kind' | 'connection'>> = {
  // The agreement is stored under this name.
  name: never,
  // The destination of the code.
  kind: always,
  connection: (before, now) => changes(CONNECTION, before, now).length > 0,
};

const OTHERS: Meanings<Omit<Members, keyof typeof PLACE>> = {
  bucket: always,
  prefix: always,
  // The files that are uploaded.
  root: always,
  include: widensIncluded,
  ignore: widensIgnored,
  useGitignore: whenSwitchedOff,
  // A program that runs on this machine.
  preDeploy: always,
  // These decide which saves upload without a question.
  onSave: (before, now) => changes(ON_SAVE, before, now).length > 0,
  protected: whenSwitchedOff,
  // These decide only how the code runs on the target. They change neither the uploaded files nor their
  // destination, and each plan shows them.
  initializationScript: never,
  commandLineArguments: never,
  strategy: never,
};

/** The members of a target by their names in `slipway.json`, as plain data, to be stored when the user agrees. */
export function agreementTo(target: Target): Json {
  return JSON.parse(JSON.stringify(membersOf(target))) as Json;
}

/**
 * The members that the user has to agree to again, by their names in `slipway.json`. A change of `include`,
 * `ignore` or `useGitignore` that can only leave out more files needs no new agreement.
 * @param agreed the result of {@link agreementTo} as it was stored, or any other data in its place
 */
export function notAgreedTo(agreed: unknown, target: Target): readonly string[] {
  // The destination of the code.
  const own = Object.fromEntries(Object.keys(ownMembers(target)).map((name) => [name, always]));
  const meanings = { ...PLACE, ...own, ...OTHERS } as Meanings<Readonly<Record<string, unknown>>>;
  return changes(meanings, agreed, membersOf(target));
}

function membersOf(target: Target): Readonly<Record<string, unknown>> {
  const { name, kind, connection, path: _, ...others } = target;
  return { name, kind: kind.id, connection, ...ownMembers(target), ...others };
}

function changes<T extends object>(
  meanings: Meanings<T>,
  before: unknown,
  now: Partial<Record<keyof T, unknown>>,
): readonly (keyof T)[] {
  const stored = before as Json | undefined;
  return (Object.keys(meanings) as (keyof T & string)[]).filter((name) =>
    // The cast is safe: the rule under a member's name takes the values of that member.
    (meanings[name] as AsksAgain<unknown>)(memberOf(stored, name), now[name]),
  );
}

/**
 * Returns true if the patterns that include files may now include more files. A pattern that is added or
 * moved may have this effect, since the last match decides.
 */
function widensIncluded(before: unknown, now: readonly string[]): boolean {
  return !isNarrowing(now, before);
}

/**
 * Returns true if the patterns that leave files out may now leave out fewer files, as after a pattern was
 * removed or moved.
 */
function widensIgnored(before: unknown, now: readonly string[]): boolean {
  return !isNarrowing(before, now);
}

/**
 * Returns true if `more` contains all patterns of `fewer`, in the same order, and if none of the further
 * patterns in `more` is negated. False if one of the two is not a list.
 */
function isNarrowing(fewer: unknown, more: unknown): boolean {
  if (!Array.isArray(fewer) || !Array.isArray(more)) return false;
  let found = 0;
  for (const pattern of more) {
    if (found < fewer.length && pattern === fewer[found]) found += 1;
    else if (typeof pattern !== 'string' || pattern.startsWith('!')) return false;
  }
  return found === fewer.length;
}
