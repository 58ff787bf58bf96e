/** Which task has to succeed before a target is deployed, where several have one name. */
import { expect, test } from 'vitest';
import { chooseTask, type ListedTask } from '../../src/commands/code/targets/task-choice';

const OWN = 'file:///work/q';
const GLOBAL = 1;
const WORKSPACE_FILE = 2;

/** As VS Code describes a folder: its address is an object that writes itself. */
const inFolder = (address: string): ListedTask['scope'] => ({ uri: { toString: () => address } });
const task = (scope: ListedTask['scope'], source = 'Workspace'): ListedTask => ({
  name: 'lint',
  source,
  scope,
});
const other = task(inFolder('file:///work/java'));

test("is the folder's own before any other", () => {
  const own = task(inFolder(OWN));
  expect(chooseTask([other, task(GLOBAL), own], 'lint', OWN)).toBe(own);
});

test("is one that belongs to no folder where the folder's own is missing", () => {
  for (const scope of [GLOBAL, WORKSPACE_FILE, undefined]) {
    const shared = task(scope);
    expect(chooseTask([other, shared], 'lint', OWN)).toBe(shared);
  }
});

test("is never another folder's of the same name", () => {
  expect(chooseTask([other], 'lint', OWN)).toBeUndefined();
});

test('is found by the label that VS Code shows for a detected task, and by its plain name', () => {
  const detected = task(inFolder(OWN), 'npm');
  for (const label of ['npm: lint', 'lint']) expect(chooseTask([detected], label, OWN)).toBe(detected);
  expect(chooseTask([detected], 'gulp: lint', OWN)).toBeUndefined();
});

test('is the one that is listed so before one that is only named so', () => {
  const own = task(inFolder(OWN));
  expect(chooseTask([task(inFolder(OWN), 'npm'), own], 'lint', OWN)).toBe(own);
});
