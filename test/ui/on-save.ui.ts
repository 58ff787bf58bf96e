/** Deploy on save, from the key press to the sandbox: what is deployed, and what never is. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import { unzip } from '../package/fixture';
import { startTestSandbox, type TestSandbox } from '../sandbox/start';
import { useWorkbench } from './harness/use-workbench';
import type { Workbench, WorkbenchOptions } from './harness/workbench';

const CLUSTER = 'dev-scratch';
const CODE = 'lib/prices.q';
const A_CODE_UPDATE = 20 * 60_000;
const TARGETS = {
  targets: {
    scratch: {
      connection: 'sandbox',
      environment: 'eq7dev51r8c4n6y3v2h9s0kd',
      cluster: CLUSTER,
      bucket: 'acme-kdb-code-111122223333',
      prefix: 'saved',
      onSave: { enabled: true, externalChanges: true, debounceMs: 300, burst: 50 },
    },
  },
};

interface Place {
  sandbox: TestSandbox;
  folder: string;
}

/** A window on a folder whose target has deploy on save on. */
function useSavingWindow(options: Pick<WorkbenchOptions, 'suite' | 'trust'>) {
  const place = {} as Place;
  const window = useWorkbench(
    async () => {
      place.sandbox = await startTestSandbox();
      place.folder = mkdtempSync(join(tmpdir(), 'slipway-save-'));
      write('slipway.json', JSON.stringify(TARGETS, undefined, 2));
      write(CODE, 'n:0\n');
      write('lib/sizes.q', 'm:0\n');
      return {
        ...options,
        sandbox: place.sandbox,
        workspace: place.folder,
        settings: { 'files.autoSave': 'onFocusChange' },
      };
    },
    async () => {
      await place.sandbox.stop();
      rmSync(place.folder, { recursive: true, force: true });
    },
  );

  function write(path: string, text: string): void {
    const file = join(place.folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  async function cluster() {
    const { kdbClusters } = await place.sandbox.control.state();
    const found = kdbClusters.find(({ clusterName }) => clusterName === CLUSTER);
    if (!found) throw new Error(`the sandbox has no cluster ${CLUSTER}`);
    return found;
  }

  return {
    window,
    write,
    local: (path: string) => readFileSync(join(place.folder, path), 'utf8'),
    /** Lets AWS end whatever it works on. */
    advance: () => place.sandbox.control.advance(A_CODE_UPDATE),
    updates: async () => (await cluster()).updates.length,
    puts: async () => (await place.sandbox.control.requests({ operation: 'PutObject' })).length,
    /** The text of a file as the cluster has it, once whatever runs is over. */
    async served(path: string): Promise<string | undefined> {
      await place.sandbox.control.advance(A_CODE_UPDATE);
      const { code } = (await cluster()).configuration;
      if (code === undefined) return undefined;
      const s3 = new S3Client({ ...place.sandbox.client, forcePathStyle: true });
      const object = await s3.send(
        new GetObjectCommand({ Bucket: code.s3Bucket, Key: code.s3Key, VersionId: code.s3ObjectVersion }),
      );
      const files = await unzip(Buffer.from((await object.Body?.transformToByteArray()) ?? []));
      return files.find((file) => file.path === path)?.content.toString('utf8');
    },
  };
}

async function open(workbench: Workbench, path: string): Promise<void> {
  const { page, quick } = workbench;
  const name = path.split('/').at(-1) as string;
  const tab = page.locator(`.tab[data-resource-name="${name}"]`);
  if (await tab.isVisible()) {
    await tab.click();
  } else {
    await page.keyboard.press('Control+P');
    await quick.type(name);
    await quick.row(name).waitFor();
    await quick.accept();
  }
  await page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
  await page.locator('.editor-group-container.active .monaco-editor.focused').first().waitFor();
}

/** Adds a line and asks for the save. */
async function save({ page }: Workbench, line: string): Promise<void> {
  await page.keyboard.press('Control+End');
  await page.keyboard.type(`${line}\n`);
  await page.keyboard.press('Control+S');
}

describe('in a trusted workspace', () => {
  const { window, write, local, advance, updates, puts, served } = useSavingWindow({ suite: 'on-save' });
  const says = (words: string) => window().statusBar(words).waitFor();

  /** The cluster gets the code as it stands once it ends with the line. */
  async function goesLive(line: string): Promise<void> {
    await expect.poll(() => local(CODE)).toMatch(new RegExp(`\\n${line}\\n$`));
    await expect.poll(() => served(CODE), { timeout: 60_000 }).toBe(local(CODE));
    // The sandbox shows the code from the start of an update on: it must have ended, too.
    const words = async () => {
      await advance();
      return await window().statusBar('On save:').textContent();
    };
    await expect.poll(words, { timeout: 60_000 }).toMatch(/^\W*On save: deployed$/);
  }

  /** Lets what should not happen have its time: twenty times the debounce. */
  async function nothingSent(deed: () => Promise<void>): Promise<void> {
    const before = [await updates(), await puts()];
    await deed();
    await pause(6_000);
    expect([await updates(), await puts()]).toEqual(before);
  }

  test('the first save asks whether the target is right, and the next ones deploy', async () => {
    const { quick } = window();
    await window().palette('Slipway: Try It in the Sandbox');
    await window().tree.row('equities-dev').waitFor();
    await open(window(), CODE);
    await save(window(), 'a:1');
    const question = window().toast('waits for your word');
    await question.waitFor();
    expect([await updates(), await puts()]).toEqual([0, 0]);
    await window().shot('asked');
    await question.getByRole('button', { name: 'Look at the Target…' }).click();
    await quick.pick('Use this target');
    await expect.poll(updates, { timeout: 60_000 }).toBe(1);
    await window().shot('deploying');
    await goesLive('a:1');
    await says('On save: deployed');

    await open(window(), CODE);
    await save(window(), 'b:1');
    await goesLive('b:1');
    await says('On save: deployed');
    await window().shot('deployed');
    expect(await updates()).toBe(2);
    expect(await window().toast('the new code is live').count(), 'quiet when all is well').toBe(0);
  });

  test('ten quick saves are at most two deployments, and the last state is live', async () => {
    const before = await updates();
    await open(window(), CODE);
    for (let index = 0; index < 10; index += 1) await save(window(), `c:${index}`);
    await goesLive('c:9');
    await says('On save: deployed');
    expect(await updates()).toBeGreaterThan(before);
    expect(await updates()).toBeLessThanOrEqual(before + 2);
  });

  test('what the editor saves by itself is not deployed', async () => {
    await nothingSent(async () => {
      await open(window(), CODE);
      await window().page.keyboard.press('Control+End');
      await window().page.keyboard.type('d:1\n');
      await open(window(), 'lib/sizes.q');
      await expect.poll(() => local(CODE)).toContain('d:1');
    });
  });

  test('200 files that change at once pause it, and are not deployed', async () => {
    await nothingSent(async () => {
      for (let index = 0; index < 200; index += 1) write(`branch/file${index}.q`, `x:${index}\n`);
      await window().toast('files changed at once').waitFor();
      await says('On save: paused');
    });
    const toasts = window().page.locator('.notifications-toasts .notification-list-item');
    expect(await toasts.filter({ hasText: 'has paused' }).count()).toBe(1);
    await window().shot('paused');
  });

  test('switched off it deploys nothing, and switched on again the next save', async () => {
    await window().palette('Slipway: Switch Deploy on Save On or Off in This Window');
    await says('On save: off');
    await nothingSent(async () => {
      await open(window(), CODE);
      await save(window(), 'e:1');
      await expect.poll(() => local(CODE)).toContain('e:1');
    });
    await window().palette('Slipway: Switch Deploy on Save On or Off in This Window');
    await says('On save: ready');
    await open(window(), CODE);
    await save(window(), 'f:1');
    await goesLive('f:1');
  });

  test('the menu opens what was deployed', async () => {
    await window().statusBar('On save: deployed').click();
    await window().quick.pick('What Was Deployed?');
    await window().page.locator('.tab.active[aria-label*="dev-scratch"]').waitFor();
    await window().shot('what-was-deployed');
  });
});

describe('in a workspace that is not trusted', () => {
  const { window, local, updates, puts } = useSavingWindow({ suite: 'on-save-untrusted', trust: true });

  test('a save deploys nothing, and asks nothing', async () => {
    await window().statusBar('Restricted Mode').waitFor();
    await window().palette('Slipway: Try It in the Sandbox');
    await window().tree.row('equities-dev').waitFor();
    await open(window(), CODE);
    await save(window(), 'a:1');
    await expect.poll(() => local(CODE)).toContain('a:1');
    await pause(6_000);
    expect([await updates(), await puts()]).toEqual([0, 0]);
    expect(await window().toast('Deploy on save').count()).toBe(0);
  });
});
