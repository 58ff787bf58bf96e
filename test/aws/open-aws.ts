/** Opens this room as the extension does, with files of the test's own, and remembers what it was told and asked. */
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAws } from '../../src/aws';
import type { Aws, AwsHost, AwsSession, MfaRequest, RequestEntry } from '../../src/aws/contract';
import { systemClock } from '../../src/model/clock';
import { connectionOf } from '../../src/model/connection';
import type { TestSandbox } from '../sandbox/start';

export interface OpenedAws {
  readonly aws: Aws;
  /** A folder for files of the test's own; `HOME` while it lasts. */
  readonly folder: string;
  readonly entries: readonly RequestEntry[];
  readonly asked: readonly MfaRequest[];
  /** Writes the shared files anew. */
  profiles(files: { readonly config?: string; readonly credentials?: string }): Promise<void>;
  profile(name: string, region?: string): Promise<AwsSession>;
  close(): Promise<void>;
}

/** Variables that would lead the SDK to files or hosts outside of the test. */
const AWS_VARIABLES = /^(AWS_|HOME$|USERPROFILE$)/;

/** While it is open, `process.env` has no other AWS variables than `env`: the SDK reads some of them by itself. */
export async function openAws(
  parts: Partial<AwsHost> & { readonly env?: Readonly<Record<string, string>> } = {},
): Promise<OpenedAws> {
  const folder = await mkdtemp(join(tmpdir(), 'slipway-aws-'));
  const before = Object.entries(process.env).filter(([name]) => AWS_VARIABLES.test(name));
  for (const [name] of before) delete process.env[name];
  const env = {
    HOME: folder,
    AWS_CONFIG_FILE: join(folder, 'config'),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
    AWS_EC2_METADATA_DISABLED: 'true',
    ...parts.env,
  };
  Object.assign(process.env, env);

  const entries: RequestEntry[] = [];
  const asked: MfaRequest[] = [];
  const aws = createAws({
    clock: systemClock,
    sandboxFile: join(folder, 'sandbox.json'),
    sandboxProgram: join(folder, 'no-such-program.js'),
    mayStartSandbox: false,
    onRequest: (entry) => entries.push(entry),
    lookup: () => Promise.reject(new Error('offline')),
    ...parts,
    env: process.env,
    mfaCode: (request, signal) => {
      asked.push(request);
      return parts.mfaCode?.(request, signal) ?? Promise.reject(new Error('nobody to ask'));
    },
  });
  return {
    aws,
    folder,
    entries,
    asked,
    profiles: async ({ config = '', credentials = '' }) => {
      await writeFile(env.AWS_CONFIG_FILE, config);
      await writeFile(env.AWS_SHARED_CREDENTIALS_FILE, credentials);
    },
    profile: (name, region = 'us-east-1') =>
      aws.session(connectionOf({ kind: 'profile', profile: name }, region)),
    close: async () => {
      aws.dispose();
      for (const name of Object.keys(process.env)) if (AWS_VARIABLES.test(name)) delete process.env[name];
      Object.assign(process.env, Object.fromEntries(before));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A profile with keys, all of whose services are at `url`. */
export function staticProfile(name: string, url: string): string {
  return `[profile ${name}]
aws_access_key_id = AKIDEXAMPLE
aws_secret_access_key = a-secret-that-no-log-may-show
endpoint_url = ${url}
`;
}

/** A session in the sandbox, found through its file as a window finds it. */
export async function openInSandbox(
  sandbox: TestSandbox,
  region = sandbox.region,
  parts: Pick<Partial<AwsHost>, 'clock'> = {},
): Promise<OpenedAws & { readonly session: AwsSession }> {
  const opened = await openAws(parts);
  await writeAddress(join(opened.folder, 'sandbox.json'), sandbox);
  const session = await opened.aws.session(connectionOf({ kind: 'sandbox' }, region));
  return { ...opened, session };
}

async function writeAddress(file: string, sandbox: TestSandbox): Promise<void> {
  const { url, pid, region, controlToken, credentials } = sandbox;
  const port = Number(new URL(url).port);
  const startedAt = new Date().toISOString();
  const address = { v: 1, url, port, pid, region, controlToken, startedAt, ...credentials };
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(file, JSON.stringify(address));
  await chmod(file, 0o600);
}
