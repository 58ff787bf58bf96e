/** Where the history of a cluster is looked for: at this very cluster, and not at one of the same name elsewhere. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readHistory } from '../../src/commands/code/history/cluster-history';
import type { HistoryDeps } from '../../src/commands/code/history/history-steps';
import { leadsTo, pickedAt } from '../../src/commands/code/picked-target';
import { finspaceKind } from '../../src/deploy/finspace/kind';
import type { TargetConnection } from '../../src/deploy/targets/target';
import { connectionOf } from '../../src/model/connection';
import { openShop, PROD, Q_CODE, type Shop } from '../deploy/shop';
import { Uri, workspace } from '../view/window-stand-in';

const NEVER = new AbortController().signal;
const RDB = { kind: finspaceKind, path: [PROD, 'eq-rdb'] };

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
  await shop.write(Q_CODE);
  const { id, failure } = await shop.deploy(shop.input('eq-rdb'));
  expect(failure).toBeUndefined();
  await shop.follow(id);
  workspace.workspaceFolders = [{ uri: Uri.file(shop.folder), name: 'code', index: 0 }];
});
afterAll(async () => {
  workspace.workspaceFolders = [];
  await shop.close();
});

describe('buckets of other places are not read for the history of a cluster', () => {
  /** Buckets that the history names as unread. */
  async function unread(operations: HistoryDeps['ledger']['operations']): Promise<readonly string[]> {
    const { connection } = shop.input('').destination;
    const ports = async () => shop.ports;
    const deps = { ports, prefixes: { of: () => 'slipway' }, ledger: { operations } };
    const picked = await pickedAt(connection, RDB, ports, NEVER);
    const found = await readHistory(picked, deps as unknown as HistoryDeps, NEVER);
    expect(found.known).not.toEqual([]);
    return found.unread.map(({ place }) => place.bucket);
  }

  test.each([
    ['here', {}, ['elsewhere']],
    ['in another account', { accountId: '999988887777' }, []],
    ['in another region', { region: 'eu-west-1' }, []],
  ])('where the ledger knows a deployment to a cluster of that name %s', async (_, other, expected) => {
    const [own] = shop.ledger.operations();
    const { subject, plan } = own!;
    const elsewhere = {
      ...own!,
      id: 'elsewhere',
      subject: { ...subject, ...other },
      plan: { ...(plan as object), bucket: 'elsewhere' },
    };
    expect(await unread(() => [elsewhere, own!])).toEqual(expected);
  });

  test.each([
    ['here', 'sandbox', ['elsewhere']],
    ['in an account', { accountId: '999988887777', region: 'us-east-1' }, []],
  ])('where a target leads to a cluster of that name %s', async (_, connection, expected) => {
    const target = { connection, environment: PROD, cluster: 'eq-rdb', root: '.', bucket: 'elsewhere' };
    writeFileSync(join(shop.folder, 'slipway.json'), JSON.stringify({ targets: { rdb: target } }));
    expect(await unread(() => shop.ledger.operations())).toEqual(expected);
  });
});

test('a target leads to places of its own region, of its own account where that is known, and of the sandbox', () => {
  const account = '111122223333';
  const real = connectionOf({ kind: 'profile', profile: 'dev' }, 'us-east-1');
  const sandbox = connectionOf({ kind: 'sandbox' }, 'us-east-1');
  const named = (region: string): TargetConnection => ({ kind: 'account', accountId: account, region });
  const leads = (from: TargetConnection, connection = real, accountId?: string): boolean =>
    leadsTo({ ...RDB, connection: from }, { kind: finspaceKind, path: [PROD], connection }, accountId);
  expect([leads(named('us-east-1')), leads(named('eu-west-1'))]).toEqual([true, false]);
  const known = [account, '999988887777'].map((id) => leads(named('us-east-1'), real, id));
  expect(known).toEqual([true, false]);
  expect([leads(named('us-east-1'), sandbox), leads({ kind: 'sandbox' }, sandbox)]).toEqual([false, true]);
  expect(leads({ kind: 'sandbox' })).toBe(false);
});
