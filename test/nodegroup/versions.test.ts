/** Versions are compared as numbers, and only what the skew allows is offered. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compareVersions,
  nextMinor,
  parseVersion,
  type Skew,
  skewOf,
  targetVersions,
} from '../../src/nodegroup/rules/versions';
import { casesOf } from '../cases';

describe('reading versions', () => {
  it.each(['', '1', '1.', '.33', '1.33.2', 'v1.33', '1.33 ', 'latest', undefined])(
    'does not read %j',
    (text) => {
      expect(parseVersion(text)).toBeUndefined();
      expect(compareVersions(text, '1.33')).toBeUndefined();
    },
  );

  it('compares minors as numbers', () => {
    expect(compareVersions('1.9', '1.10')).toBeLessThan(0);
    expect(compareVersions('1.33', '1.33')).toBe(0);
    expect(compareVersions('2.0', '1.99')).toBeGreaterThan(0);
    expect(nextMinor('1.33')).toBe('1.34');
    expect(nextMinor('newest')).toBeUndefined();
  });
});

describe('skew', () => {
  const rows: readonly (readonly [string, string, Skew])[] = [
    ['1.33', '1.33', { kind: 'equal' }],
    ['1.33', '1.32', { kind: 'behind', minors: 1, allowed: 3 }],
    ['1.33', '1.30', { kind: 'behind', minors: 3, allowed: 3 }],
    ['1.33', '1.29', { kind: 'too-old', minors: 4, allowed: 3 }],
    ['1.28', '1.25', { kind: 'behind', minors: 3, allowed: 3 }],
    ['1.27', '1.24', { kind: 'too-old', minors: 3, allowed: 2 }],
    ['1.26', '1.24', { kind: 'behind', minors: 2, allowed: 2 }],
    ['1.33', '1.34', { kind: 'newer', minors: 1 }],
    ['2.0', '1.36', { kind: 'unknown' }],
    ['1.33', '', { kind: 'unknown' }],
  ];
  it.each(rows)('control plane %s, nodes %s', (controlPlane, nodes, skew) => {
    expect(skewOf(controlPlane, nodes)).toEqual(skew);
  });
});

describe('versions to choose from', () => {
  const listed = (...args: Parameters<typeof targetVersions>): readonly string[] =>
    targetVersions(...args).map(({ version, direction }) => `${version} ${direction ?? '?'}`);

  it('goes from the control plane down to what the skew allows, and says which way each goes', () => {
    expect(listed('1.33', '1.32')).toEqual(['1.33 up', '1.32 same', '1.31 down', '1.30 down']);
    expect(listed('1.27', '1.26')).toEqual(['1.27 up', '1.26 same', '1.25 down']);
    expect(listed('1.2', '1.2')).toEqual(['1.2 same', '1.1 down', '1.0 down']);
    expect(listed('1.33', undefined)).toEqual(['1.33 ?', '1.32 ?', '1.31 ?', '1.30 ?']);
    expect(listed('unreadable', '1.33')).toEqual([]);
  });

  it('ends where the AMI type ends', () => {
    expect(listed('1.34', '1.31', '1.32')).toEqual(['1.32 up', '1.31 same']);
    expect(listed('1.36', '1.32', '1.32')).toEqual([]);
  });

  it('never offers what the skew forbids', () => {
    const minor = fc.integer({ min: 0, max: 99 });
    fc.assert(
      fc.property(minor, minor, (plane, current) => {
        const controlPlane = `1.${plane}`;
        const targets = targetVersions(controlPlane, `1.${current}`);
        expect(targets[0]).toMatchObject({ version: controlPlane, isControlPlane: true });
        for (const { version, direction } of targets) {
          expect(['equal', 'behind']).toContain(skewOf(controlPlane, version).kind);
          expect(direction).toBe(
            version === `1.${current}` ? 'same' : Number(version.slice(2)) > current ? 'up' : 'down',
          );
        }
      }),
      casesOf(1000),
    );
  });
});
