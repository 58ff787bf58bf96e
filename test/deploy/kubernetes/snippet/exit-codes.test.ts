/** The scripts of the snippet: their exit codes are those that are documented, and a linter finds nothing in them. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { EXIT_CODES } from '../../../../src/model/exit-codes';
import { debianProgram } from './debian-program';

const SOURCE = resolve(import.meta.dirname, '../../../../src');
const SCRIPTS = ['fetch', 'unpack', 'start'].map((name) =>
  join(SOURCE, `deploy/kubernetes/snippet/${name}.sh`),
);
const shellcheck = await debianProgram('shellcheck', 'usr/bin/shellcheck');

/** All but 0 and what a signal makes. */
function codesIn(text: string, pattern: RegExp): ReadonlySet<number> {
  return new Set(
    [...text.matchAll(pattern)].map(([, code]) => Number(code)).filter((code) => code > 0 && code < 128),
  );
}

it.each(SCRIPTS)('%s ends with the codes that its head tells', (script) => {
  const text = readFileSync(script, 'utf8');
  const body = text.slice(text.indexOf('\nset -u'));
  const head = text.slice(0, text.indexOf('\nset -u'));
  const told = codesIn(head.slice(head.indexOf('xit codes')), /[ #:](\d\d)\b/g);
  expect([...codesIn(body, /\b(?:fail|exit) (\d+)/g)].sort()).toEqual([...told].sort());
});

it('all codes are known, and the sandbox has no others', () => {
  const known = new Set(Object.keys(EXIT_CODES).map(Number));
  const real = codesIn(
    SCRIPTS.map((script) => readFileSync(script, 'utf8')).join('\n'),
    /\b(?:fail|exit) (\d+)/g,
  );
  expect([...real].sort()).toEqual([...known].sort());
  const sandbox = readFileSync(join(SOURCE, 'sandbox/kubernetes/controllers/code-convention.ts'), 'utf8');
  const simulated = codesIn(sandbox, /\b(?:failed|ended)\(\s*(\d+)/g);
  expect(simulated.size).toBeGreaterThan(5);
  expect([...simulated].filter((code) => !known.has(code))).toEqual([]);
});

const skipped = 'missing' in shellcheck ? ` (skipped: ${shellcheck.missing})` : '';
it.skipIf('missing' in shellcheck)(`shellcheck finds nothing${skipped}`, () => {
  if ('missing' in shellcheck) throw new Error(shellcheck.missing);
  expect(execFileSync(shellcheck.path, ['--shell=sh', ...SCRIPTS], { encoding: 'utf8' })).toBe('');
});
