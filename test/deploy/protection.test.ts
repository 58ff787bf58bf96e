import { describe, expect, test } from 'vitest';
import { targetKinds } from '../../src/commands/target-kinds';
import { protectionOf } from '../../src/deploy/targets/plan-input';
import { parseTargets } from './kinds';

const PLACE = { kind: targetKinds.usual, path: ['eq7', 'rdb'] };
const RDB = { connection: 'sandbox', environment: 'eq7', cluster: 'rdb', bucket: 'acme-code' };

const of = (...files: readonly object[]) =>
  protectionOf(
    files.map((file) => parseTargets(JSON.stringify(file))),
    PLACE,
  );

describe('a cluster is protected by', () => {
  test('nothing where no target says so, or only one of another cluster or environment', () => {
    expect(of()).toBeUndefined();
    expect(of({ targets: { rdb: RDB } })).toBeUndefined();
    expect(of({ targets: { hdb: { ...RDB, cluster: 'hdb', protected: true } } })).toBeUndefined();
    expect(of({ targets: { other: { ...RDB, environment: 'fx3', protected: true } } })).toBeUndefined();
  });

  test('any target of any folder that leads there', () => {
    const files = [{ targets: { dev: RDB } }, { targets: { live: { ...RDB, protected: true } } }];
    expect(of(...files)).toEqual({ kind: 'target', name: 'live' });
  });

  test('the defaults of the file', () => {
    expect(of({ defaults: { protected: true }, targets: { rdb: RDB } })).toEqual({
      kind: 'target',
      name: 'rdb',
    });
  });
});

describe('nobody knows while', () => {
  const UNKNOWN = { kind: 'unknown' };

  test('a target of the cluster has a mistake, whatever it says', () => {
    expect(of({ targets: { rdb: { ...RDB, prefix: 'a b' } } })).toEqual(UNKNOWN);
    expect(of({ targets: { rdb: { ...RDB, protected: 'yes' } } })).toEqual(UNKNOWN);
    expect(of({ defaults: { cluster: 'rdb' }, targets: { rdb: { connection: 'sandbox' } } })).toEqual(
      UNKNOWN,
    );
  });

  test('a target does not say of which cluster it is', () => {
    expect(of({ targets: { rdb: { ...RDB, cluster: 7 } } })).toEqual(UNKNOWN);
    expect(of({ targets: { rdb: { connection: 'sandbox' } } })).toEqual(UNKNOWN);
  });

  test('a mistake stands outside of the targets, or tears the file', () => {
    expect(of({ defaults: { protected: 'yes' }, targets: {} })).toEqual(UNKNOWN);
    expect(of({ targets: [RDB] })).toEqual(UNKNOWN);
    expect(protectionOf([parseTargets('{ "targets": {')], PLACE)).toEqual(UNKNOWN);
    expect(protectionOf([parseTargets('')], PLACE)).toEqual(UNKNOWN);
  });

  test('but a mistake in a target of another cluster hides nothing', () => {
    expect(of({ targets: { hdb: { ...RDB, cluster: 'hdb', prefix: 'a b' } } })).toBeUndefined();
    const known = { hdb: { ...RDB, cluster: 'hdb', prefix: 'a b' }, rdb: { ...RDB, protected: true } };
    expect(of({ targets: known })).toEqual({ kind: 'target', name: 'rdb' });
  });
});
