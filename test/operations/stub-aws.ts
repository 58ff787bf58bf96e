/** An AWS CLI that only writes down what it was called with. */
import { spawnSync } from 'node:child_process';
import { expect } from 'vitest';

/**
 * Stands in the shell itself, where a thousand calls start no thousand programs. Each argument ends with a byte that none
 * can hold, and each call with the record separator, which JSON escapes.
 */
const AWS = "aws() { printf '%s\\000' \"$@\"; printf '\\036'; }";

/** Runs a script in a POSIX shell; gives the arguments of each call of `aws`. */
export function argumentsOf(script: string): readonly (readonly string[])[] {
  const { status, stdout, stderr } = spawnSync('/bin/sh', ['-c', `${AWS}\n${script}`], {
    env: { PATH: '/usr/bin:/bin' },
    encoding: 'utf8',
    maxBuffer: 1e9,
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const calls = stdout.split('\u001e').slice(0, -1);
  return calls.map((call) => call.split('\0').slice(0, -1));
}
