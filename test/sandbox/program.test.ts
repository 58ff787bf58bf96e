/** The sandbox as a program: its command line, its address file, who may start it, and how it ends. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SandboxAddress } from '../../src/sandbox/address-file';
import { readCommandLine } from '../../src/sandbox/arguments';
import { startSandbox } from '../../src/sandbox/sandbox';
import { kubernetesApi } from './kubernetes/api';
import { raw } from './raw';
import { controlOf, SANDBOX_PROGRAM } from './start';

let folder: string;
let file: string;
const ends: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slipway-program-'));
  file = join(folder, 'deeper', 'address.json');
});
afterEach(async () => {
  await Promise.all(ends.splice(0).map((end) => end()));
  await rm(folder, { recursive: true, force: true });
});
afterAll(() => vi.restoreAllMocks());

interface Run {
  readonly pid: number | undefined;
  /** Resolves with the first line, or with everything when it ends without one. */
  readonly line: Promise<string>;
  readonly exit: Promise<number | null>;
  readonly output: () => { readonly out: string; readonly err: string };
  readonly kill: (signal: NodeJS.Signals) => void;
}

/** Without a kubeconfig, which costs more than all else that a start does: API servers and certificates. */
function run(...args: readonly string[]): Run {
  return runWithKubeconfig('--no-kubeconfig', ...args);
}

function runWithKubeconfig(...args: readonly string[]): Run {
  const child = spawn(process.execPath, [SANDBOX_PROGRAM, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let err = '';
  const exit = new Promise<number | null>((done) => child.once('close', (code) => done(code)));
  const line = new Promise<string>((done) => {
    child.stdout.on('data', (data: Buffer) => {
      out += data.toString();
      done(out);
    });
    child.once('close', () => done(out));
  });
  child.stderr.on('data', (data: Buffer) => {
    err += data.toString();
  });
  ends.push(() => {
    child.kill('SIGKILL');
    return exit;
  });
  return { pid: child.pid, line, exit, output: () => ({ out, err }), kill: (signal) => child.kill(signal) };
}

const address = async (): Promise<SandboxAddress> =>
  JSON.parse(await readFile(file, 'utf8')) as SandboxAddress;

async function pings({ url, controlToken }: SandboxAddress): Promise<boolean> {
  const reply = await fetch(`${url}/_sandbox/ping`, { headers: { 'x-sandbox-token': controlToken } }).catch(
    () => undefined,
  );
  return reply?.ok ?? false;
}

describe('the command line', () => {
  it('explains itself', async () => {
    const help = run('--help');
    expect(await help.exit).toBe(0);
    for (const option of [
      '--port',
      '--file',
      '--idle-minutes',
      '--scale',
      '--latency',
      '--region',
      '--empty',
      '--quiet',
      '--no-kubeconfig',
    ]) {
      expect(help.output().out).toContain(option);
    }
  });

  it('is built and started by its script, which says nothing of its own', async () => {
    const script = join(import.meta.dirname, '../../scripts/sandbox.mjs');
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [script, '--help']);
    expect([stdout.split('\n')[0], stderr]).toEqual(['Usage: node sandbox.js [options]', '']);
  });

  it('has defaults', () => {
    expect(readCommandLine([])).toEqual({
      kind: 'run',
      options: {
        sandbox: {
          port: 0,
          region: 'us-east-1',
          accountId: '111122223333',
          scale: 60,
          latencyMs: 0,
          recordBodies: false,
          empty: false,
        },
        idleMinutes: 0,
        quiet: false,
        kubeconfig: true,
      },
    });
  });

  it.each(['--quiet', '--no-kubeconfig'])('writes no kubeconfig with %s', (flag) => {
    expect(readCommandLine([flag])).toMatchObject({ options: { kubeconfig: false } });
  });

  it.each([
    [['--port', 'x'], '--port'],
    [['--port', '70000'], '--port'],
    [['--port', '1.5'], '--port'],
    [['--scale', '-1'], 'scale'],
    [['--latency', ''], '--latency'],
    [['--region', 'moon'], '--region'],
    [['--account', '12'], '--account'],
    [['--what'], '--what'],
    [['stray'], 'stray'],
  ])('refuses %j', (args, about) => {
    expect(readCommandLine(args)).toEqual({ kind: 'wrong', problem: expect.stringContaining(about) });
  });

  it('ends with 2 for a wrong one, with 1 for a port that is taken', async () => {
    const wrong = run('--what');
    expect(await wrong.exit).toBe(2);
    expect(wrong.output().err).toContain('--what');
    const first = run('--file', file);
    await first.line;
    const second = run('--port', String((await address()).port));
    expect(await second.exit).toBe(1);
    expect(second.output().err).toContain('EADDRINUSE');
  });

  it('ends with 1 when the address cannot be written', async () => {
    const impossible = run('--file', folder);
    expect(await impossible.exit).toBe(1);
    expect(impossible.output()).toEqual({ out: '', err: expect.stringContaining('EISDIR') });
  });

  describe('prints what a shell can evaluate', () => {
    const foreign = {
      AWS_PROFILE: 'prod',
      AWS_DEFAULT_PROFILE: 'prod',
      AWS_SESSION_TOKEN: 'token',
      AWS_SECURITY_TOKEN: 'token',
      AWS_CREDENTIAL_EXPIRATION: '2020-01-01T00:00:00Z',
      AWS_DEFAULT_REGION: 'eu-west-1',
      AWS_ENDPOINT_URL_S3: 'https://s3.example',
      AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: 'https://logs.example',
      AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true',
      AWS_USE_FIPS_ENDPOINT: 'true',
      AWS_CONFIG_FILE: '/nowhere/config',
      AWS_CA_BUNDLE: '/nowhere/ca.pem',
      AWS_ROLE_ARN: 'arn:aws:iam::111122223333:role/theirs',
      AWS_WEB_IDENTITY_TOKEN_FILE: '/nowhere/token',
      NO_PROXY: 'intranet.example',
      KUBECONFIG: '/nowhere/config',
    };

    it.each([
      ['with nothing set', {}, 'eval "$LINES_OF_SANDBOX"'],
      ['with the lines joined by a careless shell', {}, 'eval $LINES_OF_SANDBOX'],
      ['with foreign variables set', foreign, 'set -eu; eval "$LINES_OF_SANDBOX"'],
    ])('%s', async (_name, before, evaluation) => {
      const lines = await runWithKubeconfig('--region', 'ap-northeast-1').line;
      const { stdout, stderr } = await promisify(execFile)(
        'sh',
        ['-c', `${evaluation}; env | grep -E '^(AWS_|KUBECONFIG|no_proxy|NO_PROXY)' | sort`],
        { env: { PATH: process.env['PATH'], LINES_OF_SANDBOX: lines, ...before } },
      );
      expect(stderr).toBe('');
      const set = Object.fromEntries(
        stdout
          .trim()
          .split('\n')
          .map((line) => line.split(/=(.*)/s, 2)),
      );
      const proxies = `127.0.0.1,localhost,.localhost,${'NO_PROXY' in before ? before.NO_PROXY : ''}`;
      expect(set).toEqual({
        AWS_ENDPOINT_URL: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
        AWS_ACCESS_KEY_ID: expect.stringMatching(/^AKIASANDBOX[A-Z2-7]{9}$/),
        AWS_SECRET_ACCESS_KEY: expect.stringMatching(/^[\w+/]{40}$/),
        AWS_REGION: 'ap-northeast-1',
        AWS_DEFAULT_REGION: 'ap-northeast-1',
        AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'false',
        AWS_USE_FIPS_ENDPOINT: 'false',
        AWS_USE_DUALSTACK_ENDPOINT: 'false',
        KUBECONFIG: expect.stringMatching(/^\/.*\/kubeconfig$/),
        NO_PROXY: proxies,
        no_proxy: proxies,
      });
    });
  });

  it('prints nothing when it is to be quiet', async () => {
    const quiet = run('--quiet', '--file', file);
    await expect.poll(() => existsSync(file)).toBe(true);
    const second = run('--quiet', '--file', file);
    expect(await second.exit).toBe(0);
    quiet.kill('SIGTERM');
    expect(await quiet.exit).toBe(0);
    for (const one of [quiet, second]) expect(one.output()).toEqual({ out: '', err: '' });
  });
});

describe('the address file', () => {
  it('says how to reach the sandbox, to its user alone, and goes with it', async () => {
    const only = runWithKubeconfig('--file', file, '--region', 'eu-west-1');
    await only.line;
    const said = await address();
    expect(said).toEqual({
      v: 1,
      url: `http://127.0.0.1:${said.port}`,
      port: expect.any(Number),
      pid: expect.any(Number),
      accessKeyId: expect.stringMatching(/^AKIASANDBOX/),
      secretAccessKey: expect.any(String),
      controlToken: expect.any(String),
      region: 'eu-west-1',
      startedAt: expect.stringMatching(/^\d{4}-.*Z$/),
      kubeconfig: `${file}.kubeconfig`,
    });
    for (const written of [file, `${file}.kubeconfig`])
      if (process.platform !== 'win32') expect((await stat(written)).mode & 0o777).toBe(0o600);
    expect(await pings(said)).toBe(true);
    only.kill('SIGINT');
    expect(await only.exit).toBe(0);
    expect([existsSync(file), existsSync(`${file}.kubeconfig`)]).toEqual([false, false]);
    expect(await pings(said)).toBe(false);
  });

  it('makes a second starter name the first and leave', async () => {
    const first = run('--file', file);
    const lines = await first.line;
    const second = run('--file', file);
    expect(await second.exit).toBe(0);
    expect(second.output().out).toBe(lines);
    expect(second.output().err).toContain(`already running at ${(await address()).url}`);
    expect(await pings(await address())).toBe(true);
  });

  it.each([
    ['nothing', false, false],
    ['a file without a sandbox', true, false],
    ['a file and a lock of the dead', true, true],
  ])('lets one of many starters win who find %s', async (_name, hasFile, hasLock) => {
    file = join(folder, 'address.json');
    const { pid, exit } = run('--help');
    await exit;
    const dead = { v: 1, url: 'http://127.0.0.1:1', port: 1, pid, accessKeyId: 'a', secretAccessKey: 'b' };
    const whole = { ...dead, controlToken: 'c', region: 'd', startedAt: 'e' };
    if (hasFile) await writeFile(file, JSON.stringify(whole));
    if (hasLock) await writeFile(`${file}.lock`, `${pid} some-id`);
    const starters = Array.from({ length: 5 }, () => runWithKubeconfig('--file', file));
    const lines = await Promise.all(starters.map(({ line }) => line));
    expect(new Set(lines).size).toBe(1);
    const codes: (number | null)[] = [];
    for (const { exit } of starters) exit.then((code) => codes.push(code));
    await expect.poll(() => codes).toEqual([0, 0, 0, 0]);
    expect(await pings(await address())).toBe(true);
  });

  it.each<[string, () => Promise<void>]>([
    [
      'a sandbox that was killed',
      async () => {
        const killed = run('--file', file);
        await killed.line;
        killed.kill('SIGKILL');
        await killed.exit;
      },
    ],
    [
      'a starter that was killed',
      async () => {
        const gone = run('--help');
        await gone.exit;
        await run('--file', file).line.then(() => ends.pop()?.());
        await writeFile(`${file}.lock`, '999999999 some-id');
      },
    ],
    [
      'starters that were killed before they wrote into their lock, or while they removed that of another',
      async () => {
        await run('--file', file).line.then(() => ends.pop()?.());
        await writeFile(`${file}.lock`, '999999999 some-id');
        await writeFile(`${file}.lock.some-id`, '');
        await utimes(`${file}.lock.some-id`, 0, 0);
      },
    ],
  ])('is taken over from %s', async (_name, before) => {
    await before();
    const former = await address();
    const next = run('--file', file);
    await next.line;
    expect((await address()).controlToken).not.toBe(former.controlToken);
    expect(await pings(await address())).toBe(true);
    expect(existsSync(`${file}.lock`)).toBe(false);
  });

  it.each([
    ['no JSON', 'torn {'],
    [
      'another process',
      JSON.stringify({
        v: 1,
        url: 'http://127.0.0.1:1',
        port: 1,
        pid: process.pid,
        accessKeyId: 'a',
        secretAccessKey: 'b',
        controlToken: 'c',
        region: 'd',
        startedAt: 'e',
      }),
    ],
    [
      'a foreign address',
      JSON.stringify({
        v: 1,
        url: 'http://198.51.100.1:80',
        port: 1,
        pid: process.pid,
        accessKeyId: 'a',
        secretAccessKey: 'b',
        controlToken: 'c',
        region: 'd',
        startedAt: 'e',
      }),
    ],
  ])('is replaced when it names %s', async (_name, written) => {
    file = join(folder, 'address.json');
    await writeFile(file, written);
    await run('--file', file).line;
    expect(await pings(await address())).toBe(true);
  });

  it('stays when it is no more its own', async () => {
    const first = run('--file', file);
    await first.line;
    const foreign = { ...(await address()), controlToken: 'of another' };
    await writeFile(file, JSON.stringify(foreign));
    first.kill('SIGTERM');
    expect(await first.exit).toBe(0);
    expect(await address()).toEqual(foreign);
  });
});

describe('the end', () => {
  it('comes by itself when nobody asks any more', async () => {
    const idle = run('--file', file, '--idle-minutes', '0.002');
    await idle.line;
    expect(await idle.exit).toBe(0);
    expect(existsSync(file)).toBe(false);
  });

  it('comes with requests hanging and waiting, and a connection open that says nothing', async () => {
    const busy = run('--file', file);
    await busy.line;
    const { url, region, controlToken, accessKeyId, secretAccessKey } = await address();
    const client = { endpoint: url, region, credentials: { accessKeyId, secretAccessKey } };
    const control = controlOf(url, controlToken);
    await control.fault({ kind: 'hang' });
    const hanging = raw({ url, client }, { path: '/' }).catch((error: unknown) => error);
    await expect.poll(() => control.requests()).toHaveLength(1);
    await control.clearFaults();
    await control.fault({ kind: 'delay', ms: 60_000 });
    const delayed = raw({ url, client }, { path: '/' }).catch((error: unknown) => error);
    await expect.poll(async () => (await control.faults())[0]?.played).toBe(1);
    const silent = connect(Number(new URL(url).port), '127.0.0.1');
    await once(silent, 'connect');
    busy.kill('SIGTERM');
    expect(await busy.exit).toBe(0);
    expect(await Promise.all([hanging, delayed])).toMatchObject([
      { code: 'ECONNRESET' },
      { code: 'ECONNRESET' },
    ]);
    silent.destroy();
  });

  const options = {
    port: 0,
    region: 'us-east-1',
    accountId: '111122223333',
    scale: 0,
    latencyMs: 0,
    recordBodies: false,
    empty: true,
  };

  it('is put off by every request and heartbeat', async () => {
    let now = 1_000_000;
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => now);
    const sandbox = await startSandbox(options);
    try {
      const ask = (path: string) =>
        fetch(`${sandbox.url}${path}`, {
          method: 'POST',
          headers: { 'x-sandbox-token': sandbox.controlToken },
        });
      for (const path of ['/_sandbox/heartbeat', '/any']) {
        now += 1000;
        expect(sandbox.quietFor()).toBe(1000);
        await ask(path);
        expect(sandbox.quietFor()).toBe(0);
      }
    } finally {
      clock.mockRestore();
      await sandbox.stop();
    }
  });

  it('is put off by requests to a cluster and by an open watch', async () => {
    let now = 1_000_000;
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => now);
    const sandbox = await startSandbox({ ...options, empty: false });
    try {
      const { accessKeyId, secretAccessKey } = sandbox.keys;
      const credentials = { accessKeyId, secretAccessKey };
      const client = { endpoint: sandbox.url, region: options.region, credentials };
      const api = await kubernetesApi({ client, credentials, region: options.region });
      now += 1000;
      expect(sandbox.quietFor()).toBe(1000);
      await api.get('/api/v1/namespaces');
      expect(sandbox.quietFor()).toBe(0);
      const watch = await api.watch('/api/v1/namespaces?watch=true');
      now += 1000;
      await expect.poll(() => sandbox.quietFor()).toBe(0);
      watch.close();
    } finally {
      clock.mockRestore();
      await sandbox.stop();
    }
  });
});
