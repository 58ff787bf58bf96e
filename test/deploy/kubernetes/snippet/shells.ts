/** The shells that the scripts of the snippet are run with, each with the programs that its image would have. */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll } from 'vitest';
import { debianProgram } from './debian-program';

export interface Shell {
  readonly name: string;
  /** Why it cannot be run here. */
  readonly missing?: string;
  /** Runs `<command> <script> <words>`. */
  readonly command: readonly [string, ...string[]];
  /** PATH of the container, without the program `aws`. */
  readonly path: string;
}

/** dash with the programs of this machine, and BusyBox with nothing but its own. */
export async function shells(): Promise<readonly Shell[]> {
  const busybox = await debianProgram('busybox', 'bin/busybox');
  const dash = spawnSync('dash', ['-c', 'command -v unzip'], { stdio: 'ignore' });
  const known: Shell = { name: 'dash', command: ['dash'], path: process.env['PATH'] ?? '' };
  return [
    dash.status === 0 ? known : { ...known, missing: 'dash or unzip is not installed' },
    'missing' in busybox
      ? { name: 'busybox sh', command: ['busybox', 'sh'], path: '', missing: busybox.missing }
      : { name: 'busybox sh', command: [busybox.path, 'sh'], path: await appletsOf(busybox.path) },
  ];
}

/** A folder with BusyBox under the name of each of its applets, as its image has them. */
async function appletsOf(busybox: string): Promise<string> {
  const folder = await temporaryFolder('slipway-applets-');
  const program = execFileSync('sh', ['-c', 'command -v "$0"', busybox], { encoding: 'utf8' }).trim();
  const applets = execFileSync(busybox, ['--list'], { encoding: 'utf8' }).trim().split('\n');
  for (const applet of applets) await symlink(program, join(folder, applet));
  return folder;
}

export interface AwsProgram {
  readonly name: string;
  /** Folder in which it is called `aws`. */
  readonly folder: string;
}

/**
 * The AWS CLI where it is installed, and a stand-in that sends the same signed requests by the SDK and fails in the CLI's
 * words. Each is called by a shell script that restores the PATH of this machine, which the programs themselves need.
 */
export async function awsPrograms(): Promise<{ readonly cli?: AwsProgram; readonly standIn: AwsProgram }> {
  const folder = await temporaryFolder('slipway-aws-');
  const program = resolve(import.meta.dirname, 'aws-stand-in.mjs');
  const standIn = {
    name: 'a stand-in for the AWS CLI',
    folder: await wrapped(join(folder, 'sdk'), `'${process.execPath}' '${program}'`),
  };
  if (spawnSync('aws', ['--version'], { stdio: 'ignore' }).status !== 0) return { standIn };
  const cli = execFileSync('sh', ['-c', 'command -v aws'], { encoding: 'utf8' }).trim();
  return { standIn, cli: { name: 'the AWS CLI', folder: await wrapped(join(folder, 'cli'), `'${cli}'`) } };
}

/** That any user may look into; it goes after the tests of the file. */
async function temporaryFolder(prefix: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), prefix));
  afterAll(() => rm(folder, { recursive: true }));
  await chmod(folder, 0o755);
  return folder;
}

async function wrapped(folder: string, command: string): Promise<string> {
  await mkdir(folder);
  const file = join(folder, 'aws');
  await writeFile(file, `#!/bin/sh\nPATH='${process.env['PATH']}' exec ${command} "$@"\n`);
  await chmod(file, 0o755);
  return folder;
}
