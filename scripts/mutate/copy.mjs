// A copy of the project for tests that run over mutants: the project itself is never written to.
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { switched } from './switched.mjs';

/**
 * @param {string} root
 * @param {readonly import('./switched.mjs').Drawn[]} mutants All asleep in the copy.
 * @returns {string} The folder of the copy; the caller removes it.
 */
export function copyWith(root, mutants) {
  const copy = mkdtempSync(join(tmpdir(), 'slipway-mutants-'));
  // A test that runs as root and becomes `nobody` for a while must be able to start programs of it.
  chmodSync(copy, 0o755);
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
  });
  for (const file of listed
    .toString()
    .split('\0')
    .filter((name) => name !== '' && existsSync(join(root, name)))) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    copyFileSync(join(root, file), join(copy, file));
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  const switchFile = join(copy, 'src/mutant-switch.mjs');
  copyFileSync(join(import.meta.dirname, 'switch.mjs'), switchFile);
  for (const file of new Set(mutants.map((mutant) => mutant.file))) {
    const inCopy = join(copy, relative(root, file));
    const own = mutants.filter((mutant) => mutant.file === file);
    const importPath = relative(dirname(inCopy), switchFile);
    const text = switched(
      readFileSync(file, 'utf8'),
      own,
      importPath.startsWith('.') ? importPath : `./${importPath}`,
    );
    writeFileSync(inCopy, text);
  }
  return copy;
}
