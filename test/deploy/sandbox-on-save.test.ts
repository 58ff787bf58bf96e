/** A save's way to an accepted update: what goes over the wire, and what stops it. */
import { rmSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import { secretsCheck } from '../../src/deploy/checks/content';
import { decide, stoppingSave } from '../../src/deploy/on-save/decide';
import { packOnce, planSaved } from '../../src/deploy/on-save/plan-saved';
import { rememberReadings } from '../../src/deploy/on-save/remembered-readings';
import type { PlanInput } from '../../src/deploy/plan/input';
import { planDeployment } from '../../src/deploy/plan/plan-deployment';
import { blockedWords } from '../../src/view/messages/on-save';
import { expectPlainWords } from '../nodegroup/plain';
import { hasty, PROD, Q_CODE, replacing } from './shop';
import { useShop } from './use-shop';

const shop = useShop(() => Q_CODE);

const signal = new AbortController().signal;
const input = (change: Partial<PlanInput> = {}) =>
  shop.input('eq-analytics', { strategy: 'automatic', unread: true, ...change });

describe('a save', () => {
  test('puts zip and record, looks at the cluster, and updates: nothing else', async () => {
    const readings = rememberReadings(hasty, 60_000);
    const context = { ...shop.reach(input()), packer: shop.packer, clock: hasty, read: readings.read };
    await planDeployment(input(), context, signal);
    await shop.write({ 'lib/util.q': '.util.log:{-1 x;}\n' });
    await shop.sandbox.control.clearRequests();

    const once = packOnce(shop.packer, shop.request(), signal);
    const plan = await planDeployment(input(), { ...context, packer: once }, signal);
    expect([decide(plan), plan.strategy]).toEqual([{ kind: 'deploy' }, 'NO_RESTART']);
    const { id, failure } = await shop.apply(plan, { context: { packed: await once.packed } });
    expect(failure).toBeUndefined();
    const requests = await shop.sandbox.control.requests();
    expect(requests.map(({ operation }) => operation).sort()).toEqual([
      'GetKxCluster',
      'PutObject',
      'PutObject',
      'UpdateKxClusterCodeConfiguration',
    ]);

    expect((await shop.follow(id)).state).toBe('succeeded');
    await readings.learn(input().destination, signal);
    expect(decide(await planDeployment(input(), context, signal))).toEqual({ kind: 'unchanged' });
    readings.clear();
    expect(decide(await planDeployment(input(), context, signal))).toEqual({ kind: 'unchanged' });
  });

  test('puts nothing before its operation is on the disk', async () => {
    const once = packOnce(shop.packer, shop.request(), signal);
    const context = { ...shop.reach(input()), packer: once, clock: hasty };
    const plan = await planDeployment(input(), context, signal);
    await shop.sandbox.control.clearRequests();
    let isBegun = (): void => undefined;
    const begun = new Promise<void>((resolve) => (isBegun = resolve));
    const applying = shop.apply(plan, { context: { packed: await once.packed, begun } });
    const steps = () => shop.ledger.operations()[0]?.steps.map(({ name }) => name);
    await vi.waitFor(() => expect(steps()).toEqual(['packed']));
    expect(await shop.sandbox.control.requests()).toEqual([]);
    isBegun();
    expect((await applying).failure).toBeUndefined();
  });

  describe('from readings of seconds ago', () => {
    /** Plans what the folder holds, after a save of X has been deployed. */
    const afterX = async () => {
      const readings = rememberReadings(hasty, 60_000);
      const { connection, kind, path } = input().destination;
      const { accountId } = await shop.ports.identities.whoAmI(signal);
      const place = { accountId, region: connection.region, kind, path };
      const plan = () =>
        planSaved(
          input(),
          place,
          {
            ...shop.reach(input()),
            packer: shop.packer,
            clock: hasty,
            readings,
            operations: shop.ledger.operations(),
          },
          signal,
        );
      await shop.write({ 'lib/util.q': 'x:1\n' });
      const { id } = await shop.apply((await plan()).plan);
      await shop.follow(id);
      await readings.learn(input().destination, signal);
      expect(readings.remembers(input().destination)).toBe(true);
      return { plan, byHand: () => shop.deploy(input({ unread: false })) };
    };

    test('is not taken for live when the user has deployed other code meanwhile', async () => {
      const { plan, byHand } = await afterX();
      await shop.write({ 'lib/util.q': 'y:1\n' });
      await shop.follow((await byHand()).id);
      await shop.write({ 'lib/util.q': 'x:1\n' });
      expect((await plan()).decision).toEqual({ kind: 'deploy' });
    });

    test("takes nobody's change for that of somebody else", async () => {
      const { plan, byHand } = await afterX();
      await shop.write({ 'lib/util.q': 'y:1\n' });
      await shop.follow((await byHand()).id);
      await shop.write({ 'lib/util.q': 'z:1\n' });
      const { plan: made, decision } = await plan();
      expect(decision).toEqual({ kind: 'deploy' });
      expect((await shop.apply(made)).failure).toBeUndefined();
    });

    test('sees a change by somebody else when that is why it would do nothing', async () => {
      const { plan } = await afterX();
      const { configuration } = await shop.cluster('eq-analytics');
      await shop.sandbox.control.foreign({
        kind: 'kdb-configuration',
        environmentId: PROD,
        clusterName: 'eq-analytics',
        configuration: { ...configuration, code: (await shop.cluster('eq-rdb')).configuration.code! },
      });
      expect((await plan()).decision).toEqual({ kind: 'blocked', code: 'drift.changed' });
    });

    test('waits for a deployment by hand, and puts nothing', async () => {
      const { plan, byHand } = await afterX();
      await shop.write({ 'lib/util.q': 'y:1\n' });
      await byHand();
      await shop.write({ 'lib/util.q': 'z:1\n' });
      await shop.sandbox.control.clearRequests();
      expect((await plan()).decision).toEqual({ kind: 'busy' });
      expect(await shop.sandbox.control.requests({ operation: 'PutObject' })).toEqual([]);
    });
  });

  test('packs again when another save of the folder has taken its zip away', async () => {
    const once = packOnce(shop.packer, shop.request(), signal);
    const context = { ...shop.reach(input()), packer: once, clock: hasty };
    const plan = await planDeployment(input({ unread: false }), context, signal);
    const packed = await once.packed;
    if (packed === undefined) throw new Error('nothing was packed');
    rmSync(packed.file);
    const { failure } = await shop.apply(plan, { context: { packed } });
    expect(failure).toBeUndefined();
  });

  test('goes on sending a zip that another save of the folder takes away', async () => {
    const objects = replacing(shop.ports.objects, {
      put: async (request, ...rest) => {
        if (request.key.endsWith('.zip')) {
          await shop.write({ 'lib/util.q': '.util.other:1\n' });
          await shop.packer.pack(shop.request(), undefined, signal);
          await shop.packer.scan(shop.request(), signal);
        }
        return shop.ports.objects.put(request, ...rest);
      },
    });
    const plan = await shop.plan(input());
    const { failure } = await shop.apply(plan, { context: { ports: { ...shop.ports, objects } } });
    expect(failure).toBeUndefined();
  });

  test('reads back what S3 did not confirm, and does not deploy it when it is something else', async () => {
    const unconfirmed = replacing(shop.ports.objects, {
      put: async (request, ...rest) => ({
        ...(await shop.ports.objects.put({ ...request, body: Buffer.from('!') }, ...rest)),
        confirmed: false,
      }),
    });
    const ports = { ...shop.ports, objects: unconfirmed };
    const { failure } = await shop.apply(await shop.plan(input()), { context: { ports } });
    expect(failure).toMatchObject({ code: 'stored-zip-wrong' });
    expect((await shop.cluster('eq-analytics')).updates).toEqual([]);
  });

  test('looks once more when the record took so long that the look is an old one', async () => {
    let late = 0;
    const objects = replacing(shop.ports.objects, {
      put: async (request, ...rest) => {
        if (request.key.endsWith('.json')) late = 10_000;
        return shop.ports.objects.put(request, ...rest);
      },
    });
    const clock = { ...hasty, now: () => hasty.now() + late };
    const plan = await shop.plan(input());
    await shop.sandbox.control.clearRequests();
    const { failure } = await shop.apply(plan, { context: { clock, ports: { ...shop.ports, objects } } });
    expect(failure).toBeUndefined();
    const requests = await shop.sandbox.control.requests();
    const told = requests.map(({ operation }) => operation).filter((one) => one !== 'PutObject');
    expect(told).toEqual(['GetKxCluster', 'GetKxCluster', 'UpdateKxClusterCodeConfiguration']);
  });

  test('of code that is in the bucket already, and not on the cluster, uses it', async () => {
    const first = await shop.deploy(input());
    await shop.follow(first.id);
    const other = await shop.plan(shop.input('eq-rdb', { unread: true }));
    const { id, failure } = await shop.apply(other);
    expect(failure).toBeUndefined();
    expect((await shop.follow(id)).state).toBe('succeeded');
    const puts = await shop.sandbox.control.requests({ operation: 'PutObject' });
    expect(puts.filter(({ path }) => path.endsWith('.zip')).map(({ status }) => status)).toEqual([200, 412]);
    expect((await shop.cluster('eq-rdb')).configuration.code).toEqual(
      (await shop.cluster('eq-analytics')).configuration.code,
    );
  });

  test('uploads no secret: it is stopped, unless the cluster has this very code', async () => {
    const key = ['AK', 'IAIOSFODNN7ABCDEFG'].join('');
    await shop.write({ 'lib/util.q': `.util.log:{-1 x;}\nkey:"${key}"\n` });
    await shop.sandbox.control.clearRequests();
    const plan = await shop.plan(input());
    expect(decide(plan)).toMatchObject({
      kind: 'blocked',
      code: 'secrets.found',
      about: expect.stringContaining('"line":'),
    });
    expect(await shop.sandbox.control.requests({ operation: 'PutObject' })).toEqual([]);
    const why = blockedWords(stoppingSave(plan.checks));
    expectPlainWords(why);
    expect(why).toContain('lib/util.q:2 (aws-access-key)');
    expect(why).not.toContain(key);

    const byHand = await shop.apply(plan);
    expect((await shop.follow(byHand.id)).state).toBe('succeeded');
    expect(decide(await shop.plan(input()))).toEqual({ kind: 'unchanged' });
  });

  test('names few of many secrets, and how many there are', async () => {
    const places = ['a.q', 'b.q', 'c.q', 'd.q'].map((path) => ({ path, line: 1, pattern: 'private-key' }));
    const why = blockedWords([secretsCheck(places)]);
    expect(why).toMatch(/ a\.q:1 .* c\.q:1 .* 1 more/);
    expect(why).not.toContain('d.q');
  });

  test('never asks: what would ask, or is blocked, does not begin', async () => {
    const plan = (change: Partial<PlanInput>) => shop.plan(input(change));
    const blocked = (code: string) => ({ kind: 'blocked', code });
    expect(decide(await plan({ strategy: 'FORCE' }))).toEqual(blocked('confirmation'));
    expect(decide(await plan({ protection: { kind: 'target', name: 'prod' } }))).toEqual(
      blocked('confirmation'),
    );
    const script = { kind: 'value', value: 'no.q' } as const;
    expect(decide(await plan({ initializationScript: script }))).toEqual(blocked('script.not-in-zip'));
    const last = { operationId: 'x', at: 1, configuration: { commandLineArguments: [] } };
    expect(decide(await plan({ last }))).toEqual(blocked('drift.changed'));
    await shop.deploy(input());
    await shop.write({ 'lib/util.q': 'a:1\n' });
    expect(decide(await plan({}))).toEqual({ kind: 'busy' });
  });
});
