/** A window on a folder whose target has deploy on save on, and what the cluster then has of it. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { expect } from 'vitest';
import type { Fault } from '../../../src/sandbox/fault-syntax';
import { unzip } from '../../package/fixture';
import { click } from './click';
import { type SandboxWindowOptions, useSandboxWindow } from './sandbox-window';

const CLUSTER = 'dev-scratch';
export const CODE = 'lib/prices.q';
export const UPDATE = 'UpdateKxClusterCodeConfiguration';
const A_CODE_UPDATE = 20 * 60_000;
export const ON_SAVE = { enabled: true, externalChanges: true, debounceMs: 300, burst: 50 };
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

/** Each test finds a folder whose target has deploy on save on, and nobody has agreed to it yet. */
export function useSavingWindow(options: Pick<SandboxWindowOptions, 'suite' | 'trust'>) {
  let tests = 0;
  const { window, place } = useSandboxWindow({
    ...options,
    settings: { 'files.autoSave': 'onFocusChange', '[json]': { 'files.autoSave': 'off' } },
    fill: () => {
      // VS Code keeps what the user has agreed to, and what waits, by the target's name.
      tests += 1;
      writeTarget();
      write(CODE, 'n:0\n');
      write('lib/sizes.q', 'm:0\n');
      write('notes.json', '\n');
      write('.vscode/tasks.json', JSON.stringify(TASKS));
      git('init', '-q', '-b', 'main');
      // The target is the same on all branches.
      write('.git/info/exclude', 'slipway.json\n');
      commit();
      git('checkout', '-q', '-b', 'other');
      write('lib/sizes.q', 'm:9\n');
      commit();
      git('checkout', '-q', 'main');
    },
  });

  /** @param change Members that the target has beside the usual ones, or instead of them. */
  function writeTarget(change: object = {}): void {
    const targets = { [`scratch${tests}`]: { ...SCRATCH, ...change } };
    write('slipway.json', JSON.stringify({ targets }, undefined, 2));
  }

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

  /** Adds a line to the code and asks for the save. */
  async function save(line: string): Promise<void> {
    const { editor } = window();
    await editor.append(`${line}\n`);
    await editor.save();
  }

  async function connect(): Promise<void> {
    await window().openSandbox('equities-dev');
    await window().editor.open(CODE);
  }

  /**
   * The first save, the question that it asks, and the first deployment.
   * @param change As the target is to be, see `writeTarget`.
   */
  async function begin(change?: object): Promise<void> {
    if (change !== undefined) writeTarget(change);
    await connect();
    await save('a:1');
    const question = window().toast('waits for your word');
    await question.hover();
    await click(question.getByRole('button', { name: 'Look at the Target…' }));
    await window().quick.pick('Use this target');
    await goesLive('a:1');
    await window().editor.open(CODE);
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
    save,
    connect,
    begin,
    fault: (...faults: readonly Fault[]) => place.sandbox.control.fault(...faults),
  };
}
