/** The last guards of a deployment, each by itself: whose account it is, and whether what is reused is still there. */
import { describe, expect, test } from 'vitest';
import { decide } from '../../src/deploy/on-save/decide';
import type { DeploymentPlan } from '../../src/deploy/plan/plan';
import { BUCKET, Q_CODE, SCRATCH } from './shop';
import { useShop } from './use-shop';

const shop = useShop(() => Q_CODE);

const signal = new AbortController().signal;
const ZIP = 'application/zip';

/** Keys that lead to another account at the call of that number alone, counted from 1. */
function strangerAt(call: number, plan: DeploymentPlan) {
  let calls = 0;
  const { accountId } = plan.subject;
  const whoAmI = async () => {
    calls += 1;
    return { accountId: calls === call ? '999922223333' : accountId, arn: 'arn:aws:iam::1:root' };
  };
  return { ...shop.ports, identities: { whoAmI } };
}

async function written(): Promise<readonly string[]> {
  const log = await shop.sandbox.control.requests();
  const writes = log.filter(({ method, service }) => service !== 'sts' && !/GET|HEAD/.test(method));
  return writes.map(({ operation, path }) => `${operation}${/\.zip$/.test(path) ? ' zip' : ''}`);
}

describe('the account is asked for', () => {
  test.each([
    ['before anything is packed', 1, [], false],
    ['before the zip is stored', 2, [], true],
    ['before the record is stored', 3, ['PutObject zip'], true],
    ['before the update is sent', 4, ['PutObject zip', 'PutObject'], true],
  ] as const)('%s', async (_, call, writes, packs) => {
    await shop.write({ 'lib/call.q': `call:${call}\n` });
    const plan = await shop.plan(shop.input('eq-rdb'));
    await shop.sandbox.control.clearRequests();
    const deployed = await shop.apply(plan, { context: { ports: strangerAt(call, plan) } });
    expect(deployed.failure).toMatchObject({ code: 'account-changed', facts: { found: '999922223333' } });
    expect(await written()).toEqual(writes);
    expect(deployed.progress.some(({ step }) => step === 'packing')).toBe(packs);
    expect(shop.ledger.operation(deployed.id)?.sentAt).toBeUndefined();
  });

  test('no more often than before each write', async () => {
    const plan = await shop.plan(shop.input('eq-rdb'));
    const deployed = await shop.apply(plan, { context: { ports: strangerAt(5, plan) } });
    expect(deployed.failure).toBeUndefined();
  });
});

describe('a zip that is to be used again', () => {
  const replaced = { body: Buffer.from('planted'), contentType: ZIP, onlyIfAbsent: false };

  test('is sent anew where another object lies there since the plan', async () => {
    const hdb = shop.input('eq-hdb', {}, { bucket: SCRATCH });
    await shop.deploy(shop.input('eq-rdb', {}, { bucket: SCRATCH }));
    const plan = await shop.plan(hdb);
    expect(plan.checks.map(({ code }) => code)).toContain('stored-zip.same');
    const at = { bucket: SCRATCH, key: plan.next.code.key };
    await shop.ports.objects.put({ ...at, ...replaced }, signal);
    const deployed = await shop.apply(plan);
    expect(deployed.failure).toBeUndefined();
    expect(deployed.progress.map(({ step }) => step)).toContain('uploading');
    const { bytes } = await shop.ports.objects.read(at, { start: 0, length: 4 }, signal);
    expect(Buffer.from(bytes).toString('latin1')).toBe('PK\u0003\u0004');
  });

  test('as the user chose it is refused where another object lies there since the plan', async () => {
    const at = { bucket: SCRATCH, key: 'release.zip' };
    const from = { bucket: BUCKET, key: 'equities/releases/equities.zip' };
    const { bytes } = await shop.ports.objects.read(from, { start: 0, length: 1e7 }, signal);
    await shop.ports.objects.put({ ...at, ...replaced, body: bytes }, signal);
    const plan = await shop.plan(shop.input('eq-rdb', { source: { kind: 'zip', at } }));
    await shop.ports.objects.put({ ...at, ...replaced }, signal);
    const deployed = await shop.apply(plan);
    expect(deployed.failure).toMatchObject({ code: 'zip-changed' });
    expect((await shop.cluster('eq-rdb')).updates).toEqual([]);
  });
});

describe('a plan asks a person', () => {
  test.each([
    [
      'who it is that a target protects',
      { protection: { kind: 'target', name: 'live' } },
      [{ check: 'protection', typed: 'live' }],
    ],
    [
      'where nobody knows whether it is protected',
      { protection: { kind: 'unknown' } },
      [{ check: 'protection', typed: 'eq-rdb' }],
    ],
    ['before it is forced', { strategy: 'FORCE' }, [{ check: 'strategy', typed: 'eq-rdb' }]],
    [
      'twice where it is both',
      { protection: { kind: 'target', name: 'live' }, strategy: 'FORCE' },
      [
        { check: 'protection', typed: 'live' },
        { check: 'strategy', typed: 'eq-rdb' },
      ],
    ],
  ] as const)('%s, and no save goes on with it', async (_, change, confirmations) => {
    const plan = await shop.plan(shop.input('eq-rdb', change));
    expect(plan.confirmations).toEqual(confirmations);
    expect(decide(plan)).toEqual({ kind: 'blocked', code: 'confirmation' });
    // Even one that would change nothing.
    expect(decide({ ...plan, parts: [] })).toEqual({ kind: 'blocked', code: 'confirmation' });
    const unasked = await shop.apply(plan);
    expect(unasked.failure).toMatchObject({ code: 'plan-blocked' });
    expect((await shop.cluster('eq-rdb')).updates).toEqual([]);
    const agreed = await shop.apply({ ...plan, passed: plan.confirmations.map(({ check }) => check) });
    expect(agreed.failure).toBeUndefined();
    expect((await shop.cluster('eq-rdb')).updates.length).toBe(1);
  });

  test('nothing otherwise, and a save goes on', async () => {
    const plan = await shop.plan(shop.input('eq-rdb'));
    expect(plan.confirmations).toEqual([]);
    expect(decide(plan)).toEqual({ kind: 'deploy' });
  });
});
