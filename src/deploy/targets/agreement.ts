/** The user's agreement to a target, given once on each machine, and the changes of the target that need it again. */
import { isDeepStrictEqual } from 'node:util';
import type { Json } from '../../model/json';
import { memberOf } from '../reading-json';
import { type OnSave, ownMembers, type Target, type TargetConnection } from './target';

/** Returns true if a change of one member needs a new agreement. `before`: as it was stored, so of any type. */
type AsksAgain<T> = (before: unknown, now: T) => boolean;

/** One entry for each member, so that a new member without one does not compile. */
type Meanings<T> = { readonly [Name in keyof Required<T>]: AsksAgain<T[Name]> };

const always: AsksAgain<unknown> = (before, now) => !isDeepStrictEqual(before, now);
const never: AsksAgain<unknown> = () => false;
const whenSwitchedOn: AsksAgain<boolean> = (before, now) => now && before !== true;
const whenSwitchedOff: AsksAgain<boolean> = (before, now) => !now && before !== false;
const whenRaised: AsksAgain<number> = (before, now) => typeof before !== 'number' || now > before;

type Account = Extract<TargetConnection, { kind: 'account' }>;

const CONNECTION: Meanings<Account> = {
  // Where the code goes. A profile may name another endpoint.
  kind: always,
  accountId: always,
  region: always,
  profile: always,
};

const ON_SAVE: Meanings<OnSave> = {
  // Which saves upload without a question.
  enabled: whenSwitchedOn,
  autoSave: whenSwitchedOn,
  externalChanges: whenSwitchedOn,
  burst: whenRaised,
  // When uploads begin, and nothing else.
  debounceMs: never,
};

/** Members of every kind of target, as `slipway.json` has them. */
type Members = Omit<Target, 'kind' | 'path'> & { readonly kind: string };

const PLACE: Meanings<Pick<Members, 'name' | 'kind' | 'connection'>> = {
  // The agreement is kept by this name.
  name: never,
  // Where the code goes.
  kind: always,
  connection: (before, now) => changes(CONNECTION, before, now).length > 0,
};

const OTHERS: Meanings<Omit<Members, keyof typeof PLACE>> = {
  bucket: always,
  prefix: always,
  // Which files go there.
  root: always,
  include: widensIncluded,
  ignore: widensIgnored,
  useGitignore: whenSwitchedOff,
  // What runs on this machine.
  preDeploy: always,
  // Which saves upload without a question.
  onSave: (before, now) => changes(ON_SAVE, before, now).length > 0,
  protected: whenSwitchedOff,
  // How the code runs there: part of each plan, and neither a file nor a place.
  initializationScript: never,
  commandLineArguments: never,
  strategy: never,
};

/** The members of a target by their names in `slipway.json`, as plain data, to be stored when the user agrees. */
export function agreementTo(target: Target): Json {
  return JSON.parse(JSON.stringify(membersOf(target))) as Json;
}

/**
 * The members that the user has to agree to again, by their names in `slipway.json`. Changes that only make fewer files
 * be uploaded need no agreement.
 * @param agreed as {@link agreementTo} gave it, or any other data that was found in its place
 */
export function notAgreedTo(agreed: unknown, target: Target): readonly string[] {
  // Where the code goes.
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
    // Each meaning stands under the name of its member.
    (meanings[name] as AsksAgain<unknown>)(memberOf(stored, name), now[name]),
  );
}

/**
 * For patterns that include files: one that is added or moved may include more, since the last that matches decides.
 */
function widensIncluded(before: unknown, now: readonly string[]): boolean {
  return !isNarrowing(now, before);
}

/** For patterns that leave files out: a pattern that is removed or moved may let more through. */
function widensIgnored(before: unknown, now: readonly string[]): boolean {
  return !isNarrowing(before, now);
}

/** Returns true if `more` is `fewer` with patterns inserted, none of which is negated. */
function isNarrowing(fewer: unknown, more: unknown): boolean {
  if (!Array.isArray(fewer) || !Array.isArray(more)) return false;
  let found = 0;
  for (const pattern of more) {
    if (found < fewer.length && pattern === fewer[found]) found += 1;
    else if (typeof pattern !== 'string' || pattern.startsWith('!')) return false;
  }
  return found === fewer.length;
}
