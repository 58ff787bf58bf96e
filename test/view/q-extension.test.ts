/** Who opens a q file and has no extension for q is told of one, once; nobody else is told anything. */

import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Memento } from 'vscode';
import { nameExtensionForQ } from '../../src/view/q-extension';
import { contributes } from './menu-items';
import { extensions, settings, takeShown, Uri, workspace } from './window-stand-in';

let kept: Map<string, unknown>;
const memento = {
  get: (key: string) => kept.get(key),
  update: async (key: string, value: unknown) => void kept.set(key, value),
} as unknown as Memento;

beforeEach(() => {
  kept = new Map();
  takeShown();
});
afterEach(() => {
  extensions.installed.clear();
  settings.clear();
  workspace.textDocuments = [];
});

const told = (): readonly string[] =>
  takeShown().flatMap(({ place, text }) => (place === 'message' ? [text] : []));
const open = (path: string): void => workspace.opened.fire({ uri: Uri.file(path) });

test('it is named at the first q file, and never again', () => {
  const first = nameExtensionForQ(memento);
  open('/code/readme.md');
  expect(told()).toEqual([]);
  open('/code/rdb.q');
  expect(told()).toEqual([expect.stringContaining('kx.kdb')]);
  open('/code/hdb.q');
  first.dispose();
  const second = nameExtensionForQ(memento);
  open('/code/tick.q');
  second.dispose();
  expect(told()).toEqual([]);
});

test('a q file that is open already counts', () => {
  workspace.textDocuments = [{ uri: Uri.file('/code/rdb.q') }];
  nameExtensionForQ(memento).dispose();
  expect(told()).toHaveLength(1);
});

test('not where it is installed, nor where recommendations are not wanted', () => {
  extensions.installed.add('kx.kdb');
  const installed = nameExtensionForQ(memento);
  open('/code/rdb.q');
  installed.dispose();
  extensions.installed.clear();
  settings.set('extensions.ignoreRecommendations', true);
  const unwanted = nameExtensionForQ(memento);
  open('/code/rdb.q');
  unwanted.dispose();
  expect(told()).toEqual([]);
});

test('Slipway owns no language of q files', () => {
  const { languages } = contributes as unknown as { readonly languages: readonly object[] };
  expect(JSON.stringify(languages)).not.toMatch(/"\.[qk]"/);
});
