/** An AWS CLI that only writes down what it was called with. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { temporaryFolder } from './given';

/** Runs a script in a POSIX shell; gives the arguments of each call of `aws`. */
export function argumentsOf(script: string): readonly (readonly string[])[] {
  const folder = temporaryFolder();
  const record = join(folder, 'record');
  mkdirSync(join(folder, 'bin'));
  // Ended by bytes that no argument can hold, or by ones that JSON escapes: NUL and the record separator.
  writeFileSync(
    join(folder, 'bin', 'aws'),
    `#!/bin/sh\nprintf '%s\\000' "$@" >> '${record}'\nprintf '\\036' >> '${record}'\n`,
    {
      mode: 0o700,
    },
  );
  const { status, stderr } = spawnSync('/bin/sh', ['-c', script], {
    env: { PATH: `${join(folder, 'bin')}:/usr/bin:/bin` },
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const calls = readFileSync(record, 'utf8').split('\u001e').slice(0, -1);
  rmSync(folder, { recursive: true });
  return calls.map((call) => call.split('\0').slice(0, -1));
}
