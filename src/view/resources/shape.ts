/** Which kinds of rows stand below which kinds, and the path from a connection to the row of a thing. */
import { FOLDERS, type FolderNode, isFolderKind, type KindNode, THINGS, type ThingNode } from './kinds/table';

const FOLDER_KINDS = Object.keys(FOLDERS) as readonly FolderNode['kind'][];
const THING_KINDS = Object.keys(THINGS) as readonly ThingNode['kind'][];

/** The kind of thing that is listed below a row, by the row's kind. */
const LISTED: ReadonlyMap<string, ThingNode['kind']> = new Map(
  THING_KINDS.map((kind) => [THINGS[kind].below, kind]),
);

/** The kinds of folder rows that stand below a row, by the row's kind. */
const FOLDED: ReadonlyMap<string, readonly FolderNode['kind'][]> = new Map(
  FOLDER_KINDS.map((kind) => FOLDERS[kind].below).map((above) => [
    above,
    FOLDER_KINDS.filter((kind) => FOLDERS[kind].below === above),
  ]),
);

/** The kind of thing that is listed below rows of a kind; undefined if nothing is listed there. */
export function listedBelow(kind: string): ThingNode['kind'] | undefined {
  return LISTED.get(kind);
}

/** The kinds of folders that every row of a kind has below it, in the order in which they are shown. */
export function foldersBelow(kind: string): readonly FolderNode['kind'][] {
  return FOLDED.get(kind) ?? [];
}

/** Whether a part of an id is the key of a folder. */
export function isFolderKey(key: string): boolean {
  return FOLDER_KINDS.some((kind) => FOLDERS[kind].key === key);
}

/**
 * The ids that the row of the thing with this path may have: one for each kind of thing that has operations
 * and whose paths have as many names as `path`.
 */
export function idsOf(connectionId: string, path: readonly string[]): readonly string[] {
  return THING_KINDS.filter((kind) => THINGS[kind].operations.length > 0)
    .map((kind) => routeTo(kind))
    .filter((route) => namesOn(route) === path.length)
    .map((route) => {
      const names = path.values();
      return [connectionId, ...route.map((key) => key ?? names.next().value)].join('/');
    });
}

/** The names that the key of a thing stands for in a path. */
export function namesIn(kind: ThingNode['kind'], key: string): readonly string[] {
  return THINGS[kind].list.names?.(key) ?? [key];
}

/**
 * The rows that lead from a connection to a thing; the thing's own row is the last. Undefined if `path` has
 * another number of names than the paths of this kind of thing.
 */
export function stepsTo(kind: ThingNode['kind'], path: readonly string[]): readonly Step[] | undefined {
  const kinds = kindsTo(kind);
  const names = path.values();
  const steps = kinds.map((one): Step => {
    if (isFolderKind(one)) return { kind: one, key: FOLDERS[one].key };
    const key = Array.from({ length: namesOf(one) }, () => names.next().value ?? '').join('/');
    return { kind: one, key };
  });
  return namesOn(routeTo(kind)) === path.length ? steps : undefined;
}

export interface Step {
  readonly kind: FolderNode['kind'] | ThingNode['kind'];
  /** Distinguishes the row from its siblings. */
  readonly key: string;
}

/**
 * The route from a connection to rows of a kind: the key of each folder, and undefined in place of each
 * name of a thing.
 */
function routeTo(kind: KindNode['kind']): readonly (string | undefined)[] {
  return kindsTo(kind).flatMap((one): readonly (string | undefined)[] => {
    if (isFolderKind(one)) return [FOLDERS[one].key];
    return Array.from({ length: namesOf(one) }, () => undefined);
  });
}

/**
 * The kinds of rows on the route from a connection to rows of `kind`: `kind` is the last, the connection is
 * left out.
 */
function kindsTo(kind: KindNode['kind']): readonly Step['kind'][] {
  if (kind === 'connection') return [];
  return [...kindsTo(isFolderKind(kind) ? FOLDERS[kind].below : THINGS[kind].below), kind];
}

/** The number of names that the key of a thing of this kind stands for in a path. */
function namesOf(kind: ThingNode['kind']): number {
  return THINGS[kind].list.names ? 2 : 1;
}

function namesOn(route: readonly (string | undefined)[]): number {
  return route.filter((key) => key === undefined).length;
}
