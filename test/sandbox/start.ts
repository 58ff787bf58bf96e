/** Starts the sandbox for a test, in the process that holds all of this test process, or as the program that is shipped. */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { SandboxAddress } from '../../src/sandbox/address-file';
import type { Fault } from '../../src/sandbox/fault-syntax';
import type { FaultState } from '../../src/sandbox/faults';
import type { LogFilter, LoggedRequest } from '../../src/sandbox/request-log';
import type { SandboxState } from '../../src/sandbox/state';
import { SHORT_LIVED } from '../short-lived';
import { askHost } from './host-process';

export interface TestSandboxOptions {
  /** Simulated milliseconds per real one. Default 0: simulated time passes through `control.advance` alone. */
  readonly scale?: number;
  /** Without the sample shop: no bucket, no environment, no cluster. */
  readonly empty?: boolean;
  /** Default us-east-1. */
  readonly region?: string;
  /** Default 111122223333. */
  readonly accountId?: string;
  /** Real milliseconds that every request waits. Default 0. */
  readonly latencyMs?: number;
  /** Whether `control.requests()` gives headers and bodies too, as `exchange`. */
  readonly recordBodies?: boolean;
  /** Whether to write a kubeconfig, which starts the API servers of all clusters. Default no. */
  readonly kubeconfig?: boolean;
  /** Whether it is the program of dist/, alone in its process. Default no. */
  readonly alone?: boolean;
}

/** The control plane. Every method is one request to it; none of them appears in the log. */
export interface SandboxControl {
  /** The log, oldest first; what was answered is in it by the time the answer arrives. */
  requests(filter?: LogFilter): Promise<readonly LoggedRequest[]>;
  clearRequests(): Promise<void>;
  /** Lets simulated milliseconds pass at once. */
  advance(ms: number): Promise<void>;
  /** Adds faults behind those in force; see fault-syntax.ts. */
  fault(...faults: readonly Fault[]): Promise<void>;
  /** The faults in force, with how often each matched and was played. */
  faults(): Promise<readonly FaultState[]>;
  clearFaults(): Promise<void>;
  /** Real milliseconds that every request waits from now on. */
  latency(ms: number): Promise<void>;
  /** Turns on or off the keeping of headers and bodies. */
  recordBodies(on: boolean): Promise<void>;
  /** Seeds anew; forgets faults, log, and changed latency and recording. The clock goes on. */
  reset(): Promise<void>;
  /** Changes the scenario; see settings.ts. */
  settings(change: unknown): Promise<void>;
  /** What the services hold and every update that they accepted. */
  state(): Promise<SandboxState>;
  /** A change as somebody else makes it; see foreign.ts. */
  foreign(action: unknown): Promise<void>;
}

export interface TestSandbox {
  readonly url: string;
  readonly pid: number;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** Spread into the settings of any SDK client; S3 clients need `forcePathStyle: true` besides. */
  readonly client: {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  };
  readonly controlToken: string;
  /** Holds its address and keys: what Slipway takes as SLIPWAY_SANDBOX_FILE. */
  readonly file: string;
  readonly control: SandboxControl;
  /** Ends it and waits for that. Call it in `afterAll`. */
  stop(): Promise<void>;
}

/** As it is shipped; the test run builds it before the first test. */
export const SANDBOX_PROGRAM = resolve(import.meta.dirname, '../../dist/sandbox.js');

/** @throws when the program does not come up; its own error output goes to the test's. */
export async function startTestSandbox(options: TestSandboxOptions = {}): Promise<TestSandbox> {
  const folder = await mkdtemp(join(tmpdir(), 'slipway-sandbox-'));
  const file = join(folder, 'address.json');
  const start = options.alone ? startProgram : startHosted;
  const end = await start(flags(options, file));
  const address = JSON.parse(await readFile(file, 'utf8')) as SandboxAddress;

  const { url, pid, region, controlToken, accessKeyId, secretAccessKey } = address;
  const credentials = { accessKeyId, secretAccessKey };
  return {
    url,
    pid,
    region,
    credentials,
    client: { endpoint: url, region, credentials },
    controlToken,
    file,
    control: controlOf(url, controlToken),
    stop: async () => {
      await end();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

type End = () => Promise<void>;

async function startHosted(args: readonly string[]): Promise<End> {
  const started = await askHost({ do: 'start', args });
  return async () => {
    await askHost({ do: 'stop', started });
  };
}

async function startProgram(args: readonly string[]): Promise<End> {
  // One that a killed test run leaves behind ends by itself.
  const line = [...SHORT_LIVED, SANDBOX_PROGRAM, '--idle-minutes', '10', ...args];
  const child = spawn(process.execPath, line, {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  // The address file is whole before the first line is printed.
  const isReady = new Promise<boolean>((done) => child.stdout.once('data', () => done(true)));
  if (!(await Promise.race([isReady, ended])))
    throw new Error(`The sandbox ended at its start, with code ${child.exitCode}.`);
  return async () => {
    child.kill('SIGTERM');
    await ended;
  };
}

function flags(options: TestSandboxOptions, file: string): readonly string[] {
  return [
    ...['--file', file],
    ...['--scale', String(options.scale ?? 0)],
    ...['--latency', String(options.latencyMs ?? 0)],
    ...['--region', options.region ?? 'us-east-1'],
    ...['--account', options.accountId ?? '111122223333'],
    ...(options.empty ? ['--empty'] : []),
    ...(options.recordBodies ? ['--record-bodies'] : []),
    ...(options.kubeconfig ? [] : ['--no-kubeconfig']),
  ];
}

/** The control plane of a sandbox that runs already. */
export function controlOf(url: string, token: string): SandboxControl {
  const ask = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${url}/_sandbox/${path}`, {
      method,
      headers: { 'x-sandbox-token': token },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const answer: unknown = await response.json();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${JSON.stringify(answer)}`);
    return answer;
  };
  const act = async (method: string, path: string, body?: unknown): Promise<void> => {
    await ask(method, path, body);
  };
  return {
    requests: async (filter = {}) => {
      const query = new URLSearchParams(
        Object.entries(filter).map(([name, value]): [string, string] => [name, `${value}`]),
      );
      return ((await ask('GET', `requests?${query}`)) as { requests: readonly LoggedRequest[] }).requests;
    },
    clearRequests: () => act('DELETE', 'requests'),
    advance: (ms) => act('POST', 'clock', { advance: ms }),
    fault: (...faults) => act('POST', 'faults', faults),
    faults: async () => ((await ask('GET', 'faults')) as { faults: readonly FaultState[] }).faults,
    clearFaults: () => act('DELETE', 'faults'),
    latency: (ms) => act('POST', 'latency', { ms }),
    recordBodies: (on) => act('POST', 'recording', { bodies: on }),
    reset: () => act('POST', 'reset'),
    settings: (change) => act('POST', 'settings', change),
    state: async () => (await ask('GET', 'state')) as SandboxState,
    foreign: (action) => act('POST', 'foreign', action),
  };
}
