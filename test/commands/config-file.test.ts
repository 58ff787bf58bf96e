/** Where a profile stands in the AWS files. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import * as vscode from 'vscode';
import { editConfig, sectionLine } from '../../src/commands/config-file';

const CONFIG = [
  '# [profile commented]',
  '[default]',
  'region = us-east-1',
  '[profile "two words"]',
  'region = eu-west-1',
  '[sso-session research]',
  '[ profile research ] # the desk',
].join('\n');

test.each([
  ['default', 1],
  ['two words', 3],
  ['research', 6],
  ['commented', undefined],
  ['profile research', undefined],
])('the section of %s in the config file', (profile, line) => {
  expect(sectionLine(CONFIG, profile, 'config')).toBe(line);
});

test('in the file for credentials a section is called as the profile is', () => {
  expect(sectionLine('\r\n[research]\r\n', 'research', 'credentials')).toBe(1);
  expect(sectionLine('[research]', 'research', 'config')).toBeUndefined();
  expect(sectionLine('[profile research]', 'research', 'credentials')).toBeUndefined();
});

test('a path relative to the working directory names that file, and a folder is no file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-config-'));
  const file = join(folder, 'config');
  writeFileSync(file, CONFIG);
  const [opened, shown]: [string[], string[]] = [[], []];
  Object.assign(vscode.workspace, {
    openTextDocument: async ({ fsPath }: vscode.Uri) => {
      opened.push(fsPath);
      return { fsPath, getText: () => CONFIG };
    },
  });
  Object.assign(vscode.window, { showTextDocument: async ({ fsPath }: vscode.Uri) => shown.push(fsPath) });
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
    Reflect.deleteProperty(vscode.workspace, 'openTextDocument');
    Reflect.deleteProperty(vscode.window, 'showTextDocument');
  });
  const paths = { config: relative(process.cwd(), file), credentials: folder };
  await editConfig(async () => ({ sharedFiles: () => paths }) as never);
  expect([opened, shown]).toEqual([[file], [file]]);
});
