/** Forty node groups of five clusters in one batch, two of which fail, and a window that is killed in the middle. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { chmod, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { updateErrorRemedy } from '../../src/nodegroup/remedies/update-errors';
import type { SandboxState } from '../../src/sandbox/state';
import { updateErrorWords } from '../../src/view/messages/nodegroup';
import { startTestSandbox, type TestSandbox } from '../sandbox/start';
import { temporaryFolder } from './operations';
import { expectPlainWords } from './plain';

/** Inside of the project, so that the program finds its packages. */
const BUILD = resolve(import.meta.dirname, `../../out/test/window-${process.pid}`);
const PROGRAM = join(BUILD, 'window.mjs');

let sandbox: TestSandbox;

beforeAll(async () => {
  mkdirSync(BUILD, { recursive: true });
  await build({
    entryPoints: [join(import.meta.dirname, 'window.ts')],
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    outfile: PROGRAM,
  });
  // Sixteen simulated minutes are two real seconds: long enough for three updates to be seen at once on a busy machine.
  sandbox = await startTestSandbox({ empty: true, scale: 500 });
});

afterAll(async () => {
  await sandbox?.stop();
  rmSync(BUILD, { recursive: true, force: true });
});

interface Said {
  readonly rows?: number;
  readonly leftOut?: number;
  readonly paused?: string;
  readonly waiting?: number;
  readonly outcome?: object;
  readonly failed?: readonly {
    readonly path: readonly string[];
    readonly facts: {
      readonly errors: readonly {
        readonly code: string;
        readonly message: string;
        readonly resourceIds: readonly string[];
      }[];
    };
  }[];
}

function openWindow(task: 'begin' | 'take-up', folder: string, addressFile: string) {
  const child: ChildProcess = spawn(process.execPath, [PROGRAM, task, folder, addressFile], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exit = new Promise<number | null>((done) => child.once('exit', done));
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await exit;
  });
  const said: Said[] = [];
  const waiting = new Map<keyof Said, (value: Said) => void>();
  if (child.stdout) {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const value = JSON.parse(line) as Said;
      said.push(value);
      for (const key of Object.keys(value) as (keyof Said)[]) waiting.get(key)?.(value);
    });
  }
  return {
    exit,
    /** What it says that has this member. */
    says: (key: keyof Said): Promise<Said> =>
      new Promise((done, fail) => {
        const before = said.find((value) => key in value);
        if (before) return done(before);
        waiting.set(key, done);
        void exit.then(() => fail(new Error(`ended without saying "${key}": ${JSON.stringify(said)}`)));
      }),
    click: () => child.stdin?.write('click\n'),
    kill: async () => {
      child.kill('SIGKILL');
      await exit;
    },
  };
}

async function writeAddress(folder: string): Promise<string> {
  const { url, pid, region, controlToken, credentials } = sandbox;
  const file = join(folder, 'sandbox.json');
  const port = Number(new URL(url).port);
  const startedAt = new Date().toISOString();
  await writeFile(
    file,
    JSON.stringify({ v: 1, url, port, pid, region, controlToken, startedAt, ...credentials }),
  );
  await chmod(file, 0o600);
  return file;
}

async function state(): Promise<SandboxState> {
  return (await sandbox.control.state()) as SandboxState;
}

const groupsOf = ({ eksClusters }: SandboxState) => eksClusters.flatMap(({ nodegroups }) => nodegroups);
const begunIn = (now: SandboxState): number =>
  groupsOf(now).reduce((sum, { updates }) => sum + updates.filter(({ by }) => by === 'caller').length, 0);

/** Until `count` updates were begun and as many run as may: no request is on its way then, whose fate a kill would hide. */
async function untilFullyBusy(count: number): Promise<void> {
  for (;;) {
    const now = await state();
    const running = groupsOf(now).filter(({ status }) => status === 'UPDATING').length;
    if (begunIn(now) >= count && running === 3) return;
    await new Promise((later) => setTimeout(later, 20));
  }
}

const FAILURES = {
  'fleet-002/nodes-003': 'PodEvictionFailure',
  'fleet-004/nodes-008': 'NodeCreationFailure',
} as const;

test('ends with 38 updated and 2 explained, each asked for once, and never more at once than chosen', async () => {
  await sandbox.control.foreign({ kind: 'fleet', clusters: 5, nodegroupsEach: 8 });
  await sandbox.control.settings({
    eks: {
      nextUpdateFails: Object.fromEntries(
        Object.entries(FAILURES).map(([path, errorCode]) => [
          path,
          [{ errorCode, errorMessage: `${errorCode} happened`, resourceIds: ['i-0f'] }],
        ]),
      ),
    },
  });
  const folder = temporaryFolder();
  const address = await writeAddress(folder);

  const first = openWindow('begin', folder, address);
  expect(await first.says('rows')).toEqual({ rows: 40, leftOut: 0 });
  await untilFullyBusy(12);
  await first.kill();

  const second = openWindow('take-up', folder, address);
  const { paused, waiting } = await second.says('paused');
  expect(paused).toBe('interrupted');
  // What was sent has ended, and nothing more is sent before the click.
  const begun = begunIn(await state());
  expect(begun).toBeLessThan(40);
  expect(waiting).toBe(40 - begun);
  expect(groupsOf(await state()).filter(({ status }) => status === 'UPDATING')).toEqual([]);
  await new Promise((later) => setTimeout(later, 300));
  expect(begunIn(await state())).toBe(begun);

  second.click();
  const { outcome, failed = [] } = await second.says('outcome');
  expect(outcome).toMatchObject({
    state: 'failed',
    facts: { succeeded: 38, failed: 2, undecided: 0, waiting: 0 },
  });
  expect(await second.exit).toBe(0);

  const explained = Object.fromEntries(
    failed.map(({ path, facts: { errors } }) => {
      const [error] = errors;
      if (!error) throw new Error('no error');
      const remedy = updateErrorRemedy(error.code);
      expectPlainWords(updateErrorWords(error, remedy));
      return [path.join('/'), remedy.explains];
    }),
  );
  expect(explained).toEqual(FAILURES);

  const end = await state();
  expect(groupsOf(end).filter(({ version }) => version === '1.33').length).toBe(38);
  expect(groupsOf(end).map(({ updates }) => updates.filter(({ by }) => by === 'caller').length)).toEqual(
    Array.from({ length: 40 }, () => 1),
  );
  expect(end.peakNodegroupUpdates).toBe(3);
  expect(end.eksClusters.map(({ peakNodegroupUpdates }) => peakNodegroupUpdates)).toEqual([1, 1, 1, 1, 1]);
}, 120_000);
