/** Writing a target through the editor: what VS Code does not write is told. */
import { afterEach, expect, test } from 'vitest';
import * as vscode from 'vscode';
import { writeTarget } from '../../src/commands/code/targets/save';
import type { Target } from '../../src/deploy/targets/target';
import { parseTargets } from '../deploy/kinds';

const FILE = vscode.Uri.file('/work/slipway.json');
const TARGET = parsed();

function parsed(): Target {
  const target = { connection: 'sandbox', environment: 'eq7', cluster: 'rdb', bucket: 'acme-code' };
  const [entry] = parseTargets(JSON.stringify({ targets: { rdb: target } })).entries;
  if (entry?.target === undefined) throw new Error('the target has a mistake');
  return entry.target;
}

interface Answers {
  readonly created: boolean;
  readonly edited: boolean;
  readonly saved: boolean;
}

/** Puts an editor into the window that answers so. @returns what is written with it */
function editorThat({ created, edited, saved }: Answers): readonly string[] {
  const written: string[] = [];
  const document = { getText: () => '', positionAt: () => 0, save: async () => saved };
  const edit = async (change: (edit: { replace(range: unknown, text: string): void }) => void) => {
    change({ replace: (_, text) => written.push(text) });
    return edited;
  };
  Object.assign(vscode.workspace, { applyEdit: async () => created, openTextDocument: async () => document });
  Object.assign(vscode.window, { showTextDocument: async () => ({ edit }) });
  return written;
}

afterEach(() => {
  for (const name of ['applyEdit', 'openTextDocument']) Reflect.deleteProperty(vscode.workspace, name);
  Reflect.deleteProperty(vscode.window, 'showTextDocument');
});

const ALL_WELL: Answers = { created: true, edited: true, saved: true };

test('the target is in the file', async () => {
  const written = editorThat(ALL_WELL);
  await writeTarget(FILE, TARGET);
  expect(written.map((text) => parseTargets(text).entries.map(({ name }) => name))).toEqual([['rdb']]);
});

test.each(['created', 'edited', 'saved'])(
  'a file that is not %s is told, so that nobody agrees to a target that is not there',
  async (step) => {
    editorThat({ ...ALL_WELL, [step]: false });
    await expect(writeTarget(FILE, TARGET)).rejects.toMatchObject({
      failure: { code: 'target-not-written', facts: { target: 'rdb', file: '/work/slipway.json' } },
    });
  },
);
