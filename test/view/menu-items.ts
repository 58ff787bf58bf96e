/** The menus of rows in package.json, as VS Code reads them. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect } from 'vitest';

export interface MenuItem {
  readonly command?: string;
  readonly submenu?: string;
  readonly when: string;
  readonly group: string;
}

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string }[];
    readonly submenus: readonly { readonly id: string }[];
    readonly menus: Readonly<Record<string, readonly MenuItem[]>>;
  };
}

const ROOT = resolve(import.meta.dirname, '../..');

function json<T>(file: string): T {
  return JSON.parse(readFileSync(resolve(ROOT, file), 'utf8')) as T;
}

export const { contributes } = json<Manifest>('package.json');

/** What stands in the place of each `%name%` of package.json. */
export const TEXTS = json<Readonly<Record<string, string>>>('package.nls.json');

/** Entries of the menus of rows of one view. */
export function itemsOf(view: string): readonly MenuItem[] {
  return (contributes.menus['view/item/context'] ?? []).filter(({ when }) =>
    when.startsWith(`view == ${view} && `),
  );
}

/** Whether VS Code shows an item for a row of the view; knows the two forms that the clauses of rows have. */
export function isShown(when: string, context: string): boolean {
  const clauses = when.split(' && ').filter((clause) => !clause.startsWith('view == '));
  expect(clauses).not.toEqual([]);
  return clauses.every((clause) => {
    const [, pattern] = /^viewItem =~ \/(.+)\/$/.exec(clause) ?? [];
    if (pattern === undefined) throw new Error(`a clause of another form: ${clause}`);
    return new RegExp(pattern).test(context);
  });
}

/** The menu that a right click on a row opens, with what is under its submenus; buttons on the row are no part of it. */
export function menuOf(view: string, context: string): readonly MenuEntry[] {
  return itemsOf(view)
    .filter(({ group, when }) => !group.startsWith('inline') && isShown(when, context))
    .map(({ command, submenu }) =>
      command === undefined
        ? {
            below: belowOf(submenu ?? '')
              .filter(({ when }) => isShown(when, context))
              .map(commandOf),
          }
        : { command },
    )
    .filter((entry) => !('below' in entry) || entry.below.length > 0);
}

export type MenuEntry = { readonly command: string } | { readonly below: readonly string[] };

/** Entries of a submenu. */
export function belowOf(submenu: string): readonly MenuItem[] {
  return contributes.menus[submenu] ?? [];
}

function commandOf({ command }: MenuItem): string {
  if (command === undefined) throw new Error('a submenu holds another one');
  return command;
}
