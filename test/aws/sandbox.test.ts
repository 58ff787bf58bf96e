import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { killAll, processesMarked } from '../../scripts/host/process-tree.mjs';
import { Sandbox, type SandboxParts } from '../../src/aws/sandbox';
import { systemClock } from '../../src/model/clock';
import { connectionOf } from '../../src/model/connection';
import { failureOf } from '../../src/model/failure';
import { VirtualClock } from '../virtual-clock';
import { openAws } from './open-aws';
import { type ScriptedServer, startScriptedServer } from './scripted-server';

const PROGRAM = resolve(import.meta.dirname, '../../dist/sandbox.js');
const signal = new AbortController().signal;
let folder: string;
let file: string;
/** What was started, to be ended. */
let pids: number[];
let finders: Sandbox[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slipway-find-'));
  file = join(folder, 'storage', 'sandbox.json');
  pids = [];
  finders = [];
});
afterEach(async () => {
  for (const finder of finders) finder.dispose();
  // Also one that is still coming up to find that another was first: once that is gone it would stay.
  killAll(processesMarked(folder).map(({ id }) => id));
  for (const pid of pids) await end(pid);
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

function finder(parts: Partial<SandboxParts> = {}): Sandbox {
  const made = new Sandbox({
    file,
    program: PROGRAM,
    nodePath: process.execPath,
    env: process.env,
    mayStart: true,
    clock: systemClock,
    ...parts,
  });
  finders.push(made);
  return made;
}

async function find(sandbox: Sandbox) {
  const found = await sandbox.find(signal);
  pids.push(found.pid);
  return found;
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function end(pid: number): Promise<void> {
  if (isRunning(pid)) process.kill(pid, 'SIGKILL');
  while (isRunning(pid)) await new Promise((done) => setTimeout(done, 5));
}

const failureIn = (call: Promise<unknown>) => call.then(() => undefined, failureOf);

it('starts a sandbox once, which outlives who started it and is found again', async () => {
  const first = finder();
  const [one, same] = await Promise.all([find(first), find(first)]);
  expect(same).toEqual(one);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  first.dispose();
  expect(isRunning(one.pid)).toBe(true);
  expect(await find(finder({ mayStart: false }))).toEqual(one);
});

it('starts one for windows that ask at the same time', async () => {
  const found = await Promise.all(Array.from({ length: 4 }, () => find(finder())));
  expect(new Set(found.map(({ pid }) => pid)).size).toBe(1);
});

it.each([
  [40, '40'],
  // Windows say only once a minute that they use it.
  [1, '2'],
])('starts one that lives on as long as the settings say: %i minutes', async (given, said) => {
  const program = join(folder, 'arguments.js');
  const seen = join(folder, 'seen.json');
  await writeFile(
    program,
    `require('node:fs').writeFileSync(${JSON.stringify(seen)}, JSON.stringify(process.argv)); process.exit(1);`,
  );
  await failureIn(finder({ program, idleMinutes: () => given }).find(signal));
  const got = JSON.parse(await readFile(seen, 'utf8')) as string[];
  expect(got[got.indexOf('--idle-minutes') + 1]).toBe(said);
});

it('starts another when the one in the file was killed', async () => {
  const one = await find(finder());
  await end(one.pid);
  const other = await find(finder());
  expect(other.pid).not.toBe(one.pid);
  expect(other.accessKeyId).not.toBe(one.accessKeyId);
});

it('notices that the one it knows was killed', async () => {
  let later = 0;
  const sandbox = finder({ clock: { ...systemClock, now: () => Date.now() + later } });
  const one = await find(sandbox);
  await end(one.pid);
  later = 6_000;
  expect((await find(sandbox)).pid).not.toBe(one.pid);
});

it('starts none when it may not', async () => {
  expect(await failureIn(finder({ mayStart: false }).find(signal))).toEqual({
    kind: 'refused',
    code: 'sandbox-not-running',
    facts: {},
  });
});

it('says what a program said that did not come up', async () => {
  const program = join(folder, 'broken.js');
  await writeFile(program, 'console.error("no port is free"); process.exit(3);');
  expect(await failureIn(finder({ program }).find(signal))).toMatchObject({
    kind: 'refused',
    code: 'sandbox-not-started',
    facts: { code: 3, said: expect.stringContaining('no port is free') },
  });
});

it('says when there is nothing to run it with', async () => {
  const nodePath = join(folder, 'no-node');
  expect(await failureIn(finder({ nodePath }).find(signal))).toMatchObject({
    code: 'sandbox-not-started',
    facts: { program: nodePath },
  });
});

it('stops waiting when nobody waits any more', async () => {
  const program = join(folder, 'silent.js');
  await writeFile(program, 'setTimeout(() => {}, 1500);');
  const cancel = new AbortController();
  const waiting = finder({ program }).find(cancel.signal);
  setTimeout(() => cancel.abort(), 50);
  expect(await failureIn(waiting)).toEqual({ kind: 'cancelled' });
});

it('gives the program no credentials and nothing of the editor', async () => {
  const program = join(folder, 'env.js');
  const seen = join(folder, 'seen.json');
  await writeFile(
    program,
    `require('node:fs').writeFileSync(${JSON.stringify(seen)}, JSON.stringify(process.env)); process.exit(1);`,
  );
  const env = {
    PATH: process.env['PATH'],
    AWS_SECRET_ACCESS_KEY: 'x',
    VSCODE_PID: '1',
    ELECTRON_RUN_AS_NODE: '1',
    NODE_OPTIONS: '--inspect',
  };
  await failureIn(finder({ program, env }).find(signal));
  const got = JSON.parse(await readFile(seen, 'utf8')) as Record<string, string>;
  expect(got['PATH']).toBe(process.env['PATH']);
  expect(Object.keys(got).filter((name) => /^(AWS|VSCODE|ELECTRON)_/.test(name))).toEqual([]);
  // The guard of the test run puts its own there.
  expect(got['NODE_OPTIONS'] ?? '').not.toContain('--inspect');
});

it.each([
  ['cut off', '{"v":1,"url":"http://127.0.0.1:1'],
  ['of another version', { v: 2 }],
  ['beyond this machine', { url: 'http://192.0.2.1:80' }],
  ['beyond this machine in disguise', { url: 'http://127.0.0.1@192.0.2.1:80' }],
  ['not HTTP', { url: 'file:///etc/passwd' }],
  ['without a key', { accessKeyId: undefined }],
])('takes a file that is %s for none', async (_, content) => {
  const whole = {
    v: 1,
    url: 'http://127.0.0.1:1',
    pid: 1,
    accessKeyId: 'a',
    secretAccessKey: 's',
    controlToken: 't',
    region: 'us-east-1',
  };
  const planted = join(folder, 'planted.json');
  await writeFile(planted, typeof content === 'string' ? content : JSON.stringify({ ...whole, ...content }));
  await chmod(planted, 0o600);
  const sandbox = finder({ file: planted, mayStart: false });
  expect(await failureIn(sandbox.find(signal))).toMatchObject({ code: 'sandbox-not-running' });
});

it('takes a sandbox that is busy for one that runs', async () => {
  const busy = createServer((_request, response) => setTimeout(() => response.end(), 2_500));
  await new Promise<void>((listening) => busy.listen(0, '127.0.0.1', listening));
  const { port } = busy.address() as AddressInfo;
  const address = { v: 1, url: `http://127.0.0.1:${port}`, pid: 1, accessKeyId: 'a', secretAccessKey: 's' };
  const planted = join(folder, 'planted.json');
  await writeFile(planted, JSON.stringify({ ...address, controlToken: 'token', region: 'us-east-1' }));
  await chmod(planted, 0o600);
  try {
    await expect(finder({ file: planted, mayStart: false }).find(signal)).resolves.toMatchObject({
      url: address.url,
    });
  } finally {
    busy.close();
  }
});

it('keeps the sandbox awake as long as it is used', async () => {
  const server: ScriptedServer = await startScriptedServer();
  const address = { v: 1, url: server.url, pid: 1, accessKeyId: 'a', secretAccessKey: 's' };
  const planted = join(folder, 'planted.json');
  await writeFile(planted, JSON.stringify({ ...address, controlToken: 'token', region: 'us-east-1' }));
  const clock = new VirtualClock();
  let sleeps = 0;
  const counting = {
    now: () => clock.now(),
    sleep: (ms: number, until: AbortSignal) => {
      sleeps += 1;
      return clock.sleep(ms, until);
    },
  };
  const sandbox = finder({ file: planted, mayStart: false, clock: counting });
  await sandbox.find(signal);
  expect(server.received).toMatchObject([
    { method: 'GET', url: '/_sandbox/ping', headers: { 'x-sandbox-token': 'token' } },
  ]);
  for (const beats of [1, 2, 3]) {
    await clock.advance(60_000);
    await server.receivedAtLeast(1 + beats);
    // The answer travels in real time.
    while (sleeps <= beats) await new Promise((done) => setTimeout(done, 5));
  }
  expect(server.received.slice(1).map(({ method, url }) => `${method} ${url}`)).toEqual(
    Array(3).fill('POST /_sandbox/heartbeat'),
  );
  sandbox.dispose();
  await clock.advance(600_000);
  expect(server.received).toHaveLength(4);
  await server.close();
});

it('opens a session in the sandbox, and a new one in the next', async () => {
  let later = 0;
  const clock = { ...systemClock, now: () => Date.now() + later };
  const opened = await openAws({ sandboxFile: file, sandboxProgram: PROGRAM, mayStartSandbox: true, clock });
  try {
    const connection = connectionOf({ kind: 'sandbox' }, 'us-east-1');
    const session = await opened.aws.session(connection);
    const one = await opened.aws.sandbox(signal);
    pids.push(one.pid);
    expect(one.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect((await session.interactive.eks.listClusters(undefined, signal)).items.length).toBeGreaterThan(0);
    expect(await opened.aws.session(connection)).toBe(session);
    await end(one.pid);
    later = 6_000;
    const next = await opened.aws.session(connection);
    pids.push((await opened.aws.sandbox(signal)).pid);
    expect(next).not.toBe(session);
    expect((await next.interactive.identities.whoAmI(signal)).accountId).toMatch(/^\d{12}$/);
  } finally {
    await opened.close();
  }
});

it('opens none after it was disposed of', async () => {
  const opened = await openAws({ sandboxFile: file, sandboxProgram: PROGRAM, mayStartSandbox: true });
  opened.aws.dispose();
  const connection = connectionOf({ kind: 'sandbox' }, 'us-east-1');
  expect(await failureIn(opened.aws.session(connection))).toEqual({ kind: 'cancelled' });
  await opened.close();
});
