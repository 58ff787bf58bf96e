/** Deploy on save where a folder and one below it are both open. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { useWorkbench } from './harness/use-workbench';

let place = '';
const window = useWorkbench({
  options: () => {
    place = mkdtempSync(join(tmpdir(), 'slipway-nested-'));
    mkdirSync(join(place, 'code/inner'), { recursive: true });
    const target = {
      ...{ connection: 'sandbox', environment: 'eq7dev51r8c4n6y3v2h9s0kd', cluster: 'dev-scratch' },
      ...{ bucket: 'acme-kdb-code-111122223333', onSave: { enabled: true, debounceMs: 0 } },
    };
    writeFileSync(join(place, 'code/slipway.json'), JSON.stringify({ targets: { scratch: target } }));
    writeFileSync(join(place, 'code/inner/prices.q'), 'n:0\n');
    const workspace = join(place, 'both.code-workspace');
    writeFileSync(workspace, JSON.stringify({ folders: [{ path: 'code' }, { path: 'code/inner' }] }));
    return { suite: 'nested-folders', workspace, settings: { 'files.autoSave': 'off' } };
  },
  release: async () => rmSync(place, { recursive: true, force: true }),
});

test('a save in the inner folder is one of the outer folder’s target, too', async () => {
  const { editor } = window();
  await editor.open('prices.q');
  await editor.type('a:1\n');
  await editor.save();
  await window().toast('waits for your word').waitFor();
  expect(await window().toast('scratch (code)').count()).toBe(1);
});
