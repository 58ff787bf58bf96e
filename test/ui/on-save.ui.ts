/** Deploy on save, from the key press to the sandbox: what is deployed, and what never is. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import type { Fault } from '../../src/sandbox/fault-syntax';
import { unzip } from '../package/fixture';
import { startTestSandbox, type TestSandbox } from '../sandbox/start';
import { click } from './harness/click';
import { useWorkbench } from './harness/use-workbench';
import type { Workbench, WorkbenchOptions } from './harness/workbench';

const CLUSTER = 'dev-scratch';
const CODE = 'lib/prices.q';
const UPDATE = 'UpdateKxClusterCodeConfiguration';
const A_CODE_UPDATE = 20 * 60_000;
const ON_SAVE = { enabled: true, externalChanges: true, debounceMs: 300, burst: 50 };
const SCRATCH = {
  connection: 'sandbox',
  environment: 'eq7dev51r8c4n6y3v2h9s0kd',
  cluster: CLUSTER,
  bucket: 'acme-kdb-code-111122223333',
  prefix: 'saved',
  onSave: ON_SAVE,
};

/** Finds what cannot be loaded, as a user's own check does. */
const TASKS = {
  version: '2.0.0',
  tasks: [
    {
      label: 'load test',
      type: 'shell',
      command: '! grep -Hn BROKEN lib/*.q',
      presentation: { reveal: 'never' },
      problemMatcher: {
        owner: 'q',
        // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of tasks.json
        fileLocation: ['relative', '${workspaceFolder}'],
        pattern: { regexp: '^(.*):(\\d+):(.*)$', file: 1, line: 2, message: 3 },
      },
    },
  ],
};

interface Place {
  sandbox: TestSandbox;
  folder: string;
}

interface SavingOptions extends Pick<WorkbenchOptions, 'suite' | 'trust'> {
  /** Changes to the target of slipway.json. */
  readonly target?: object;
}

/** Each test gets a window on a folder whose target has deploy on save on. */
function useSavingWindow({ target, ...options }: SavingOptions) {
  const place = {} as Place;
  const window = useWorkbench(
    async () => {
      place.sandbox = await startTestSandbox();
      place.folder = mkdtempSync(join(tmpdir(), 'slipway-save-'));
      write(
        'slipway.json',
        JSON.stringify({ targets: { scratch: { ...SCRATCH, ...target } } }, undefined, 2),
      );
      write(CODE, 'n:0\n');
      write('lib/sizes.q', 'm:0\n');
      write('notes.md', '\n');
      write('.vscode/tasks.json', JSON.stringify(TASKS));
      git('init', '-q', '-b', 'main');
      commit();
      git('checkout', '-q', '-b', 'other');
      write('lib/sizes.q', 'm:9\n');
      commit();
      git('checkout', '-q', 'main');
      return {
        ...options,
        sandbox: place.sandbox,
        workspace: place.folder,
        settings: { 'files.autoSave': 'onFocusChange', '[markdown]': { 'files.autoSave': 'off' } },
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

  function git(...args: readonly string[]): void {
    const author = ['-c', 'user.name=Q', '-c', 'user.email=q@example.com'];
    execFileSync('git', [...author, ...args], { cwd: place.folder });
  }

  function commit(): void {
    git('add', '.');
    git('commit', '-q', '-m', 'Code');
  }

  async function cluster() {
    const { kdbClusters } = await place.sandbox.control.state();
    const found = kdbClusters.find(({ clusterName }) => clusterName === CLUSTER);
    if (!found) throw new Error(`the sandbox has no cluster ${CLUSTER}`);
    return found;
  }

  async function updates(): Promise<number> {
    return (await cluster()).updates.length;
  }

  /** Lets AWS end whatever it works on. */
  async function advance(): Promise<void> {
    await place.sandbox.control.advance(A_CODE_UPDATE);
  }

  async function puts(): Promise<number> {
    return (await place.sandbox.control.requests({ operation: 'PutObject' })).length;
  }

  function local(path: string): string {
    return readFileSync(join(place.folder, path), 'utf8');
  }

  /** The text of a file as the cluster has it, once whatever runs is over. */
  async function served(path: string): Promise<string | undefined> {
    await advance();
    const { code } = (await cluster()).configuration;
    if (code === undefined) return undefined;
    const s3 = new S3Client({ ...place.sandbox.client, forcePathStyle: true });
    const object = await s3.send(
      new GetObjectCommand({ Bucket: code.s3Bucket, Key: code.s3Key, VersionId: code.s3ObjectVersion }),
    );
    const files = await unzip(Buffer.from((await object.Body?.transformToByteArray()) ?? []));
    return files.find((file) => file.path === path)?.content.toString('utf8');
  }

  const says = (words: string) => window().statusBar(words).waitFor();

  const toasts = (words: string) =>
    window().page.locator('.notifications-toasts .notification-list-item').filter({ hasText: words }).count();

  async function refused(): Promise<number> {
    const requests = await place.sandbox.control.requests({ operation: UPDATE });
    return requests.filter(({ status }) => status === 403).length;
  }

  /** The cluster gets the code as it stands once it ends with the line. */
  async function goesLive(line: string): Promise<void> {
    await expect.poll(() => local(CODE)).toMatch(new RegExp(`\\n${line}\\n$`));
    await expect.poll(() => served(CODE)).toBe(local(CODE));
    // The sandbox shows the code from the start of an update on: it must have ended, too.
    const words = async () => {
      await advance();
      return await window().statusBar('On save:').textContent();
    };
    await expect.poll(words).toMatch(/^\W*On save: deployed$/);
  }

  /** Lets what should not happen have its time: ten times the debounce, unless the action has seen why. */
  async function nothingSent(action: () => Promise<void>, ms = 3_000): Promise<void> {
    const before = [await updates(), await puts()];
    await action();
    await pause(ms);
    expect([await updates(), await puts()]).toEqual(before);
  }

  async function connect(): Promise<void> {
    await window().palette('Slipway: Try It in the Sandbox');
    await window().tree.row('equities-dev').waitFor();
    await open(window(), CODE);
  }

  /** The first save, the question that it asks, and the first deployment. */
  async function begin(): Promise<void> {
    await connect();
    await save(window(), 'a:1');
    const question = window().toast('waits for your word');
    await question.hover();
    await click(question.getByRole('button', { name: 'Look at the Target…' }));
    await window().quick.pick('Use this target');
    await goesLive('a:1');
    await open(window(), CODE);
  }

  return {
    window,
    write,
    git,
    local,
    updates,
    advance,
    puts,
    served,
    says,
    toasts,
    refused,
    goesLive,
    nothingSent,
    connect,
    begin,
    fault: (...faults: readonly Fault[]) => place.sandbox.control.fault(...faults),
  };
}

async function open(workbench: Workbench, path: string): Promise<void> {
  const { page, quick } = workbench;
  const name = path.split('/').at(-1) as string;
  const tab = page.locator(`.tab[data-resource-name="${name}"]`);
  if (await tab.isVisible()) {
    await click(tab);
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
  const {
    window,
    write,
    git,
    fault,
    refused,
    local,
    updates,
    puts,
    served,
    says,
    toasts,
    goesLive,
    nothingSent,
    connect,
    begin,
  } = useSavingWindow({ suite: 'on-save' });

  test('the first save asks whether the target is right, and the next ones deploy', async () => {
    await connect();
    await save(window(), 'a:1');
    const question = window().toast('waits for your word');
    await question.hover();
    expect([await updates(), await puts()]).toEqual([0, 0]);
    await says('On save: not deployed');
    await window().shot('asked');
    await click(question.getByRole('button', { name: 'Look at the Target…' }));
    await window().quick.pick('Use this target');
    await expect.poll(updates).toBe(1);
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
    await begin();
    const before = await updates();
    for (let index = 0; index < 10; index += 1) await save(window(), `c:${index}`);
    await goesLive('c:9');
    await says('On save: deployed');
    expect(await updates()).toBeGreaterThan(before);
    expect(await updates()).toBeLessThanOrEqual(before + 2);
  });

  test('what another program changes is deployed, in a window in which nothing was saved yet', async () => {
    await begin();
    await window().reload();
    await window()
      .statusBar(/On save: (ready|deployed)/)
      .waitFor();
    // VS Code begins to watch the folder some time after the window shows, and tells of nothing from before.
    let written = 0;
    await expect
      .poll(async () => {
        written += 1;
        write('lib/feed.q', `u:${written}\n`);
        await pause(3_000);
        return served('lib/feed.q');
      })
      .toMatch(/^u:\d+\n$/);
  });

  test('a save of which VS Code tells nothing beforehand is deployed', async () => {
    await begin();
    await open(window(), 'notes.md');
    await window().page.keyboard.type('As it is.');
    await window().palette('File: Save without Formatting');
    await expect.poll(() => served('notes.md')).toContain('As it is.');
  });

  test('what the editor saves by itself is not deployed', async () => {
    await begin();
    await nothingSent(async () => {
      await window().page.keyboard.press('Control+End');
      await window().page.keyboard.type('d:1\n');
      await open(window(), 'lib/sizes.q');
      await expect.poll(() => local(CODE)).toContain('d:1');
    });
  });

  test('200 files that change at once pause it, also after a reload, and are not deployed', async () => {
    await begin();
    await nothingSent(async () => {
      for (let index = 0; index < 200; index += 1) write(`branch/file${index}.q`, `x:${index}\n`);
      await window().toast('files changed at once').waitFor();
      await says('On save: paused');
    });
    expect(await toasts('has paused')).toBe(1);
    await window().shot('paused');

    await nothingSent(async () => {
      await window().reload();
      await says('On save: paused');
      await window().toast('What was saved last was not deployed').waitFor();
      await window().shot('paused-after-a-reload');
      await open(window(), CODE);
      await save(window(), 'r:1');
      await expect.poll(() => local(CODE)).toContain('r:1');
    }, 2_000);
    await says('On save: paused');
  });

  test('switched off it deploys nothing, not even after a reload, and switched on again the next save', async () => {
    await begin();
    await window().palette('Slipway: Switch Deploy on Save On or Off in This Window');
    await says('On save: off');
    await nothingSent(async () => {
      await open(window(), CODE);
      await save(window(), 'e:1');
      await expect.poll(() => local(CODE)).toContain('e:1');
      await window().reload();
      await open(window(), CODE);
      await save(window(), 'e:2');
      await expect.poll(() => local(CODE)).toContain('e:2');
    });
    await window().palette('Slipway: Switch Deploy on Save On or Off in This Window');
    await says('On save: ready');
    await open(window(), CODE);
    await save(window(), 'f:1');
    await goesLive('f:1');
  });

  test('the menu opens what was deployed', async () => {
    await begin();
    await click(window().statusBar('On save: deployed'));
    await window().quick.pick('What Was Deployed?');
    await window().page.locator('.tab.active[aria-label*="dev-scratch"]').waitFor();
    await window().shot('what-was-deployed');
  });

  test('another branch pauses it and asks once', async () => {
    await begin();
    git('commit', '-q', '--all', '-m', 'Saved');
    await nothingSent(async () => {
      git('checkout', '-q', 'other');
      await window().toast('another branch or commit was checked out').hover();
      await says('On save: paused');
    }, 2_000);
    await window().shot('another-branch');
    const asked = window().toast('another branch or commit was checked out');
    expect(await toasts('has paused')).toBe(1);
    await click(asked.getByRole('button', { name: 'Deploy Now' }));
    await expect.poll(() => served('lib/sizes.q')).toBe('m:9\n');
    expect(await served(CODE)).toBe('n:0\n');
  });

  test('three failures in a row pause it with one notification, and resuming deploys the last state', async () => {
    await begin();
    const denied = { kind: 'error', status: 403, code: 'AccessDeniedException', message: 'No.' } as const;
    await fault({ ...denied, operation: UPDATE, times: 3 });
    const before = await refused();
    for (let count = 1; count <= 3; count += 1) {
      await save(window(), `h:${count}`);
      await expect.poll(refused).toBe(before + count);
      await says(count < 3 ? 'On save: failed' : 'On save: paused');
    }
    await window().toast('has paused after three failures in a row').waitFor();
    await window().shot('three-failures');
    expect(await toasts('has paused')).toBe(1);
    await nothingSent(() => save(window(), 'h:4'), 2_000);
    const told = window().toast('has paused after three failures in a row');
    await click(told.getByRole('button', { name: 'Deploy Now' }));
    await goesLive('h:4');
  });
});

describe('with a task before each deployment', () => {
  const { window, says, goesLive, nothingSent, begin } = useSavingWindow({
    suite: 'on-save-task',
    target: { preDeploy: 'load test' },
  });

  test('a task that fails stops the deployment and shows its problems', async () => {
    await begin();
    await nothingSent(async () => {
      await save(window(), 'i:BROKEN');
      const told = window().toast('The task "load test" failed');
      await told.waitFor();
      await click(told.getByRole('button', { name: 'Show Problems' }));
      await window().page.locator('.markers-panel').getByText('i:BROKEN').waitFor();
    }, 0);
    await says('On save: not deployed');
    await window().shot('problems-of-a-task');
    await open(window(), CODE);
    await window().page.keyboard.press('Control+A');
    await window().page.keyboard.press('Delete');
    await save(window(), 'n:1\nj:1');
    await goesLive('j:1');
  });
});

describe('with a task, and time to type after a save', () => {
  const { window, local, says, goesLive, nothingSent, begin } = useSavingWindow({
    suite: 'on-save-typing',
    target: { preDeploy: 'load test', onSave: { ...ON_SAVE, debounceMs: 5_000 } },
  });

  test('what is half typed is neither saved nor deployed before the task', async () => {
    await begin();
    await nothingSent(async () => {
      await save(window(), 'o:1');
      // What is typed while a save is on its way may be saved with it.
      await expect.poll(() => local(CODE)).toMatch(/o:1\n$/);
      await window().page.keyboard.type('p:');
      await window().toast('VS Code would save lib/prices.q, finished or not').waitFor();
      await says('On save: not deployed');
    }, 0);
    expect(local(CODE)).toMatch(/o:1\n$/);
    await window().shot('half-typed');
    // The editor saves it by itself, which would not count otherwise.
    await window().page.keyboard.type('1\n');
    await open(window(), 'lib/sizes.q');
    await goesLive('p:1');
  });
});

describe('where changes from outside do not count', () => {
  const { window, git, says, goesLive, nothingSent, served, begin } = useSavingWindow({
    suite: 'on-save-inside',
    target: { onSave: { ...ON_SAVE, externalChanges: false } },
  });

  test('a save on another branch asks first', async () => {
    await begin();
    const asked = window().toast('another branch or commit was checked out');
    await nothingSent(async () => {
      git('commit', '-q', '--all', '-m', 'Saved');
      git('checkout', '-q', 'other');
      await window().page.locator('.view-lines').getByText('a:1').waitFor({ state: 'detached' });
      await save(window(), 'l:1');
      await asked.hover();
      await says('On save: paused');
    });
    await asked.getByRole('button', { name: 'Clear Notification' }).click();
    await click(window().statusBar('On save: paused'));
    await window().quick.row('another branch or commit was checked out').waitFor();
    await window().shot('paused-in-the-menu');
    await window().quick.pick('Deploy Now');
    await goesLive('l:1');
    expect(await served('lib/sizes.q')).toBe('m:9\n');
  });
});

describe('in a workspace that is not trusted', () => {
  const { window, local, updates, puts, connect } = useSavingWindow({
    suite: 'on-save-untrusted',
    trust: true,
  });

  test('a save deploys nothing, and asks nothing', async () => {
    await window().statusBar('Restricted Mode').waitFor();
    await connect();
    await save(window(), 'a:1');
    await expect.poll(() => local(CODE)).toContain('a:1');
    await pause(3_000);
    expect([await updates(), await puts()]).toEqual([0, 0]);
    expect(await window().toast('Deploy on save').count()).toBe(0);
  });

  test('the menu of the status bar changes nothing either', async () => {
    const { quick } = window();
    await connect();
    for (const entry of ['Deploy Code…', 'Update Node Group…', 'Update Several Node Groups…']) {
      await window().palette('Slipway: Show Menu');
      await quick.pick(entry);
      await window().toast('This workspace is not trusted').waitFor();
      await window().palette('Notifications: Clear All Notifications');
      await window().toast('This workspace is not trusted').waitFor({ state: 'detached' });
    }
  });
});
