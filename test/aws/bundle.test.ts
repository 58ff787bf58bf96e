/** The bundle as it is shipped: what it weighs, what is loaded when, and that it works without the default chain. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { build, type Metafile } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { esbuildOptions, PROGRAMS } from '../../scripts/build/programs.mjs';
import { staticProfile } from './open-aws';
import { startScriptedServer } from './scripted-server';

const ROOT = resolve(import.meta.dirname, '../..');
const KB = 1024;
let folder: string;
let outputs: Metafile['outputs'];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slipway-bundle-'));
  const program = PROGRAMS.find(({ name }) => name === 'aws');
  if (program === undefined) throw new Error('no program aws is built');
  const made = await build({ ...esbuildOptions(program, ROOT, false), outdir: join(folder, 'aws') });
  outputs = made.metafile?.outputs ?? {};
  await mkdir(join(folder, 'aws'));
  for (const { path, contents } of made.outputFiles) await writeFile(path, contents);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The file that an entry or a dynamic import of `source` became. */
function fileOf(source: string): string {
  const found = Object.entries(outputs).find(([, { entryPoint }]) => entryPoint === source);
  if (found === undefined) throw new Error(`${source} is in no file of its own`);
  return found[0];
}

/** The files that are loaded with `file`, dynamic imports apart. */
function loadedWith(file: string, found = new Set<string>()): ReadonlySet<string> {
  if (found.has(file) || outputs[file] === undefined) return found;
  found.add(file);
  for (const { kind, path } of outputs[file].imports)
    if (kind === 'import-statement') loadedWith(path, found);
  return found;
}

/** The packages whose code is loaded with `source`. */
function packagesOf(source: string): readonly string[] {
  const files = [...loadedWith(fileOf(source))];
  const inputs = files.flatMap((file) => Object.keys(outputs[file]?.inputs ?? {}));
  const names = inputs.map((path) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1]);
  return [...new Set(names.filter((name) => name !== undefined))];
}

const clientsOf = (source: string) =>
  packagesOf(source).filter((name) => /^@aws-sdk\/(client-|nested-clients|credential-provider)/.test(name));

describe('what is loaded', () => {
  it('with the entry is no client and no credential provider', () => {
    expect(clientsOf('src/aws/index.ts')).toEqual([]);
  });

  it.each([
    ['src/aws/finspace/adapter.ts', 'client-finspace'],
    ['src/aws/eks/adapter.ts', 'client-eks'],
    ['src/aws/s3/adapter.ts', 'client-s3'],
    ['src/aws/sts.ts', 'client-sts'],
    ['src/aws/ssm.ts', 'client-ssm'],
    ['src/aws/ec2.ts', 'client-ec2'],
    ['src/aws/logs.ts', 'client-cloudwatch-logs'],
  ])('with %s is %s alone', (source, client) => {
    expect(clientsOf(source)).toEqual([`@aws-sdk/${client}`]);
  });

  it('is never the SDK’s default chain of credentials', () => {
    const inputs = Object.values(outputs).flatMap(({ inputs: of }) => Object.keys(of));
    expect(inputs.filter((path) => path.includes('credential-provider-node'))).toEqual([]);
  });
});

describe('what it weighs', () => {
  it('is at most 600 KB for EC2 and 900 KB for all the rest', () => {
    const ec2 = outputs[fileOf('src/aws/ec2.ts')]?.bytes ?? Number.NaN;
    const all = Object.values(outputs).reduce((sum, { bytes }) => sum + bytes, 0);
    expect(ec2).toBeLessThanOrEqual(600 * KB);
    expect(all - ec2).toBeLessThanOrEqual(900 * KB);
  });
});

it('runs by itself: a program that lists EKS clusters loads what EKS needs and nothing more', async () => {
  const server = await startScriptedServer();
  server.answer({ status: 200, body: '{"clusters":["one"]}' });
  await writeFile(join(folder, 'config'), staticProfile('p', server.url));
  const program = join(folder, 'program.mjs');
  await writeFile(
    program,
    `import { register } from 'node:module';
     import { MessageChannel } from 'node:worker_threads';
     const { port1, port2 } = new MessageChannel();
     const loaded = [];
     let settled = () => undefined;
     port1.on('message', (url) => url === 'settled' ? settled() : loaded.push(url));
     const hooks = "let port; export const initialize = (data) => {" +
       "port = data.port; port.on('message', () => port.postMessage('settled')); };" +
       "export const load = (url, context, next) => { port.postMessage(url); return next(url, context); };";
     register('data:text/javascript,' + encodeURIComponent(hooks), { data: { port: port2 }, transferList: [port2] });
     const { createAws } = await import(${JSON.stringify(join(folder, 'aws', 'index.mjs'))});
     const aws = createAws({
       clock: { now: Date.now, sleep: (ms) => new Promise((done) => setTimeout(done, ms)) },
       env: process.env, onRequest() {}, mfaCode() {},
       sandboxFile: '', sandboxProgram: '', mayStartSandbox: false,
     });
     const names = () => loaded.map((url) => url.split('/').pop());
     const settle = () => new Promise((done) => { settled = done; port1.postMessage('settle'); });
     const profile = { id: 'p', source: { kind: 'profile', profile: 'p' }, region: 'us-east-1' };
     const session = await aws.session(profile);
     await settle();
     const opened = names();
     const clusters = await session.interactive.eks.listClusters(undefined, new AbortController().signal);
     await settle();
     console.log(JSON.stringify({ opened, used: names(), clusters }));
     process.exit(0);`,
  );
  const { stdout } = await promisify(execFile)(process.execPath, [program], {
    env: { ...process.env, AWS_CONFIG_FILE: join(folder, 'config'), HOME: folder },
  });
  await server.close();
  const { opened, used, clusters } = JSON.parse(stdout) as {
    opened: readonly string[];
    used: readonly string[];
    clusters: unknown;
  };
  expect(clusters).toEqual({ items: ['one'] });
  const pieceOf = (source: string) => basename(fileOf(source));
  expect(opened).toContain('index.mjs');
  expect(opened).not.toContain(pieceOf('src/aws/eks/adapter.ts'));
  expect(used).toContain(pieceOf('src/aws/eks/adapter.ts'));
  for (const other of ['finspace/adapter', 's3/adapter', 'sts', 'ssm', 'ec2', 'logs']) {
    expect(used).not.toContain(pieceOf(`src/aws/${other}.ts`));
  }
});
