import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { packagesMatchLock } from '../../scripts/setup/packages.mjs';

describe('whether node_modules is what the lock says', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'slipway-packages-'));
    mkdirSync(join(root, 'node_modules'));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const one = { 'node_modules/a': { version: '1.0.0', integrity: 'x' } };
  const foreign = { 'node_modules/mac': { version: '1.0.0', integrity: 'z', optional: true } };

  function lock(packages: object): void {
    writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ packages: { '': {}, ...packages } }));
  }
  function installed(text: string): void {
    writeFileSync(join(root, 'node_modules/.package-lock.json'), text);
  }

  test('yes, with what is made for other platforms left out', () => {
    lock({ ...one, ...foreign });
    installed(JSON.stringify({ packages: one }));
    expect(packagesMatchLock(root)).toBe(true);
  });

  test('no, where a package is missing, of another version, or of other bytes', () => {
    lock(one);
    for (const found of [
      {},
      { 'node_modules/a': { version: '1.0.1', integrity: 'x' } },
      { 'node_modules/a': { version: '1.0.0', integrity: 'y' } },
    ]) {
      installed(JSON.stringify({ packages: found }));
      expect(packagesMatchLock(root)).toBe(false);
    }
  });

  test('no, after an installation that was cut short', () => {
    lock(one);
    expect(packagesMatchLock(root)).toBe(false);
    installed('{"packages": {');
    expect(packagesMatchLock(root)).toBe(false);
  });
});
