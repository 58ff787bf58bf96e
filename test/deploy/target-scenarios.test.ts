/** What every kind of target has to pass: the same table of scenarios for kdb clusters, for workloads, and for a toy of another kind. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { applyDeployment } from '../../src/deploy/apply/apply-deployment';
import type { ApplyContext, ApplyProgress } from '../../src/deploy/apply/context';
import { KEEP_ALL } from '../../src/deploy/configuration';
import { type Replaced, replacedBy } from '../../src/deploy/history/deployment';
import { recordedDeployments } from '../../src/deploy/history/from-bucket';
import { deploymentsInLedger, lastDeployment } from '../../src/deploy/history/from-ledger';
import { decide } from '../../src/deploy/on-save/decide';
import { planSaved } from '../../src/deploy/on-save/plan-saved';
import { rememberReadings } from '../../src/deploy/on-save/remembered-readings';
import type { PlanInput } from '../../src/deploy/plan/input';
import type { DeploymentPlan } from '../../src/deploy/plan/plan';
import { planDeployment } from '../../src/deploy/plan/plan-deployment';
import { summaryOf } from '../../src/deploy/plan/summary';
import type { DeployTarget } from '../../src/deploy/port/deploy-target';
import type { Place } from '../../src/deploy/port/target-kind';
import { rollbackTo } from '../../src/deploy/rollback';
import { batchOf, plannedRow } from '../../src/deploy/several';
import { agreementTo, notAgreedTo } from '../../src/deploy/targets/agreement';
import { withTarget } from '../../src/deploy/targets/edit';
import { parseTargets } from '../../src/deploy/targets/parse';
import { planInputOf, protectionOf } from '../../src/deploy/targets/plan-input';
import { ownMembers, type Target } from '../../src/deploy/targets/target';
import type { Failure } from '../../src/model/failure';
import type { Journal, Operation } from '../../src/operations/operation';
import { runOperation } from '../../src/operations/run-operation';
import { BUCKET, hasty, openShop, Q_CODE, type Shop } from './shop';
import type { World } from './toy-target/world';
import { WORLDS } from './toy-target/worlds';

const NEVER = new AbortController().signal;
const STEPS = ['packing', 'uploading', 'verifying', 'recording', 'looking', 'sending'] as const;
const RECORDS = { bucket: BUCKET, prefix: 'scenarios' };

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

describe.each(WORLDS)('targets of the kind $kind', ({ open }) => {
  let world: World;
  /** Operations of this scenario: each has a world of its own, and all have one ledger. */
  let begun: Set<string>;
  let [first, second]: readonly (readonly string[])[] = [];
  beforeEach(async () => {
    await shop.sandbox.control.reset();
    world = await open(shop);
    begun = new Set();
    [first, second] = world.paths;
    await shop.write({ ...Q_CODE, 'version.q': `${Math.random()}\n` });
  });

  const input = (change: Partial<PlanInput> = {}, path = first!): PlanInput => ({
    destination: { ...shop.input('').destination, kind: world.kind, path, ...RECORDS },
    source: { kind: 'folder', request: shop.request() },
    strategy: 'automatic',
    ...KEEP_ALL,
    ...change,
  });
  const plan = (asked = input()): Promise<DeploymentPlan> =>
    planDeployment(
      asked,
      { ports: shop.ports, target: world.target(asked.destination.path), packer: shop.packer, clock: hasty },
      NEVER,
    );
  const contextOf = ({ subject }: DeploymentPlan, journal: Journal): ApplyContext => ({
    ports: shop.ports,
    target: world.target(subject.path),
    packer: shop.packer,
    clock: hasty,
    journal,
    pack: shop.request(),
  });
  const apply = async (
    planned: DeploymentPlan,
    context: Partial<ApplyContext> = {},
    signal = NEVER,
    report: (progress: ApplyProgress) => void = () => undefined,
  ): Promise<{ readonly id: string; readonly failure: Failure | undefined }> => {
    const { subject, author, origin } = planned;
    const kind = world.kind.operationKind;
    const journal = await shop.ledger.begin({
      kind,
      subject,
      author,
      plan: summaryOf(planned),
      ...(origin !== undefined && { origin }),
    });
    begun.add(journal.id);
    const failure = await runOperation(shop.ledger, journal, () =>
      applyDeployment(planned, { ...contextOf(planned, journal), ...context }, signal, report),
    );
    return { id: journal.id, failure };
  };
  const follow = async (id: string): Promise<Operation> => {
    for (let looks = 0; looks < 60; looks += 1) {
      const seen = await world.follower.poll(shop.ledger.operation(id)!, NEVER);
      if (seen.state === 'ended') {
        await shop.ledger.record(id, { type: 'ended', outcome: seen.outcome });
        return shop.ledger.operation(id)!;
      }
      if (seen.facts) await shop.ledger.record(id, { type: 'observed', facts: seen.facts });
      await world.pass();
    }
    throw new Error(`The operation ${id} does not end.`);
  };
  const deploy = async (asked = input()): Promise<Operation> => {
    const { id, failure } = await apply(await plan(asked));
    expect(failure).toBeUndefined();
    return follow(id);
  };
  /** As {@link deploy}, where all that the plan asks is agreed to. */
  const agreed = async (asked: PlanInput): Promise<Operation> => {
    const { id } = await apply({ ...(await plan(asked)), checks: [] });
    return follow(id);
  };
  const place = (path = first!): Place => ({
    kind: world.kind,
    accountId: '111122223333',
    region: 'us-east-1',
    path,
  });
  const operations = () => shop.ledger.operations().filter(({ id }) => begun.has(id));
  const ours = (path = first!) => deploymentsInLedger(operations(), place(path));

  test('are planned as data, sent once, and followed until they are live', async () => {
    const before = await world.served(first!);
    const planned = await plan();
    expect([planned.kind, planned.parts, planned.strategy]).toEqual([
      world.kind.id,
      ['code'],
      world.automatic,
    ]);
    expect(planned.requests.map(({ service }) => service)).toEqual(['s3', 's3', world.kind.service]);
    expect(JSON.parse(JSON.stringify(planned))).toEqual(planned);
    expect(await world.taken()).toBe(0);

    const { id, failure } = await apply(planned);
    expect([failure, await world.taken()]).toEqual([undefined, 1]);
    const operation = await follow(id);
    expect([operation.state, operation.kind]).toEqual(['succeeded', world.kind.operationKind]);
    const code = { ...planned.next.code, versionId: expect.any(String) };
    expect(await world.served(first!)).toEqual({ ...before, code });
    expect(world.kind.command(operation.request!, { region: 'us-east-1' })).toContain(code.key);
    expect((await plan()).parts).toEqual([]);
  });

  test('are left alone where somebody else changed them since the plan', async () => {
    const planned = await plan();
    await world.meddle(first!);
    const { id, failure } = await apply(planned);
    // Where a service knows who owns the arguments, that has changed, too.
    const owners = Object.keys(planned.current.restsOn ?? {}).filter((part) => part === 'owners');
    const drift = ['arguments', ...owners].map((part) => ({ part }));
    expect(failure).toMatchObject({ code: 'drift', facts: { drift } });
    expect([shop.ledger.operation(id)?.state, await world.taken()]).toEqual(['drifted', 0]);
  });

  test('are left alone where what else the plan rests on is not as it was', async () => {
    const planned = await plan();
    const part = await world.replace(first!);
    const { id, failure } = await apply(planned);
    // Without such a part the one that took the name of the other looks the same, and takes the code.
    expect(Object.keys(planned.current.restsOn ?? {}).includes(part ?? '')).toBe(part !== undefined);
    expect(failure).toEqual(
      part === undefined
        ? undefined
        : expect.objectContaining({ code: 'drift', facts: { drift: [expect.objectContaining({ part })] } }),
    );
    expect([shop.ledger.operation(id)?.state, await world.taken()]).toEqual(
      part === undefined ? ['watching', 1] : ['drifted', 0],
    );
  });

  test('ask before they replace what somebody else left since the last deployment', async () => {
    expect((await deploy()).state).toBe('succeeded');
    await world.meddle(first!);
    const last = lastDeployment(operations(), place());
    const asked = await plan(input({ last: last! }));
    expect(asked.checks.find(({ id }) => id === 'drift')).toMatchObject({ verdict: 'confirm' });
    expect((await apply(asked)).failure).toMatchObject({ code: 'plan-blocked' });
    const agreed = await plan(input({ last: last!, accepted: asked.current.configuration }));
    expect(agreed.checks.find(({ id }) => id === 'drift')).toMatchObject({ code: 'drift.accepted' });
  });

  test('are told as changed by somebody else where that happens while they are followed', async () => {
    const { id } = await apply(await plan());
    await world.pass();
    await world.meddle(first!);
    const { state, outcome } = await follow(id);
    expect([state, outcome?.failure]).toMatchObject(['failed', { code: 'foreign-change' }]);
    expect(lastDeployment(operations(), place())).toBeUndefined();
  });

  test('get nothing once it was cancelled before the request', async () => {
    const planned = await plan();
    const stop = new AbortController();
    const reached = world.target(first!);
    const target = {
      ...reached,
      look: async (signal: AbortSignal) => {
        const state = await reached.look(signal);
        stop.abort();
        return state;
      },
    };
    const { id, failure } = await apply(planned, { target }, stop.signal);
    expect([failure, shop.ledger.operation(id)?.state]).toEqual([{ kind: 'cancelled' }, 'cancelled']);
    expect(await world.taken()).toBe(0);
  });

  test.each(STEPS)('get nothing once it was cancelled while %s', async (step) => {
    const stop = new AbortController();
    const { id, failure } = await apply(await plan(), {}, stop.signal, (progress) => {
      if (progress.step === step) stop.abort();
    });
    expect([failure, shop.ledger.operation(id)?.state]).toEqual([{ kind: 'cancelled' }, 'cancelled']);
    expect([await world.taken(), await shop.unfinishedUploads()]).toEqual([0, 0]);
  });

  test('have it where it was cancelled once the request was on its way, and that is found out', async () => {
    const stop = new AbortController();
    const reached = world.target(first!);
    const target: DeployTarget = {
      ...reached,
      look: async (signal) => {
        const state = await reached.look(signal);
        return {
          ...state,
          prepare: async (...asked) => {
            const prepared = await state.prepare(...asked);
            const send: typeof prepared.send = async (sendSignal) => {
              const sent = prepared.send(sendSignal);
              await (world.update === undefined ? sent : expect.poll(played).toBe(1));
              stop.abort();
              return sent;
            };
            return { ...prepared, send };
          },
        };
      },
    };
    const planned = await plan();
    if (world.update) await shop.sandbox.control.fault({ ...world.update, kind: 'delay', ms: 1_000 });
    const played = async () => (await shop.sandbox.control.faults())[0]?.played;
    const { id, failure } = await apply(planned, { target }, stop.signal);
    expect([failure, shop.ledger.operation(id)?.state, stop.signal.aborted]).toEqual([
      undefined,
      'watching',
      true,
    ]);
    expect([(await follow(id)).state, await world.taken()]).toEqual(['succeeded', 1]);
    expect((await world.served(first!)).code?.key).toBe(planned.next.code.key);
  });

  test('get another script and other arguments with the code that they have', async () => {
    expect((await deploy()).state).toBe('succeeded');
    const { code } = await world.served(first!);
    const list = [{ key: 'other', value: '1' }];
    const change = {
      initializationScript: { kind: 'value', value: 'gw/init.q' },
      commandLineArguments: { kind: 'value', value: list },
    } as const;
    const planned = await plan(input(change));
    expect(planned.parts).toEqual(['script', 'arguments']);
    const { id } = await apply(planned);
    expect([(await follow(id)).state, await world.taken()]).toEqual(['succeeded', 2]);
    const served = { code, initializationScript: 'gw/init.q', commandLineArguments: list };
    expect(await world.served(first!)).toEqual(served);
  });

  test('take no code while another change goes on, which a save waits for', async () => {
    expect((await deploy()).state).toBe('succeeded');
    await shop.write({ 'version.q': 'another\n' });
    await world.occupy(first!);
    const planned = await plan(input({ unread: true }));
    expect(decide(planned)).toEqual({ kind: 'busy' });
    const { failure } = await apply({ ...planned, checks: [] });
    const refused = expect.objectContaining({ facts: expect.objectContaining({ phase: 'busy' }) });
    expect(failure).toEqual(world.supersedes ? undefined : refused);
  });

  test('keep a record of each deployment, which says what the ledger says, and go back by it', async () => {
    const operation = await deploy();
    const earlier = await world.served(first!);
    await shop.write({ 'version.q': 'later\n' });
    const list = [{ key: 'later', value: '1' }];
    await deploy(input({ commandLineArguments: { kind: 'value', value: list } }));

    const { deployments, unreadable } = await recordedDeployments(
      shop.ports.objects,
      RECORDS,
      place(),
      10,
      NEVER,
    );
    expect(unreadable).toEqual([]);
    const known = ours().slice(0, 2);
    expect(deployments.slice(0, 2).map(({ configuration }) => configuration)).toEqual(
      known.map(({ configuration }) => configuration),
    );
    const [, oldest] = deployments;
    expect(oldest?.operationId).toBe(operation.id);
    const other = await recordedDeployments(shop.ports.objects, RECORDS, place(second!), 10, NEVER);
    expect(other.deployments).toEqual([]);

    const { destination } = input();
    const back = rollbackTo(oldest!, { destination, strategy: 'automatic' });
    const rolledBack = await deploy(back);
    expect(rolledBack.state).toBe('succeeded');
    expect(await world.served(first!)).toEqual(earlier);
    expect(ours()[0]).toMatchObject({ rollsBack: true, origin: operation.id });
  });

  test('go back to what somebody else had put there, by the ledger and by the records alone', async () => {
    await deploy();
    await world.meddle(first!);
    const theirs = await world.served(first!);
    const none = { kind: 'value', value: [] } as const;
    const { id } = await agreed(input({ commandLineArguments: none }));

    const { deployments } = await recordedDeployments(shop.ports.objects, RECORDS, place(), 10, NEVER);
    for (const known of [ours(), deployments]) {
      const [replaced] = replacedBy(known);
      expect(replaced).toMatchObject({ configuration: theirs, by: { operationId: id } });
    }
    const [{ configuration }] = replacedBy(deployments) as [Replaced];
    const { destination } = input();
    await agreed(rollbackTo({ configuration, operationId: id }, { destination, strategy: 'automatic' }));
    expect(await world.served(first!)).toEqual(theirs);
    // Slipway has deployed it now.
    expect(replacedBy(ours()).map(({ by }) => by.operationId)).not.toContain(id);
  });

  test('are deployed to on save, unless they ask first or nothing has changed', async () => {
    const readings = rememberReadings(hasty, 60_000);
    const saved = () =>
      planSaved(
        input({ unread: true }),
        place(),
        {
          ports: shop.ports,
          target: world.target(first!),
          packer: shop.packer,
          clock: hasty,
          readings,
          operations: operations(),
        },
        NEVER,
      );
    const { plan: planned, decision } = await saved();
    expect(decision).toEqual({ kind: 'deploy' });
    await follow((await apply(planned)).id);
    await readings.learn(input().destination, NEVER);
    expect((await saved()).decision).toEqual({ kind: 'unchanged' });
    await shop.write({ 'version.q': 'more\n' });
    const asking = await plan(input({ strategy: world.asking, unread: true }));
    expect([asking.confirmations, decide(asking)]).toEqual([
      [{ check: 'strategy', typed: first!.at(-1) }],
      { kind: 'blocked', code: 'confirmation' },
    ]);
  });

  test('get the same code one after the other, from rows that survive a reload', async () => {
    const { kind, kinds } = world;
    const plans = [await plan(), await plan(input({}, second!))];
    const batch = batchOf(plans.map((one) => ({ plan: one, kind, pack: shop.request() })));
    expect(() => batchOf([plans[0]!, plans[0]!].map((one) => ({ plan: one, kind })))).toThrow(
      'same-target-twice',
    );
    for (const row of (JSON.parse(JSON.stringify(batch)) as typeof batch).rows) {
      const read = plannedRow(row, kinds);
      expect([read.kind, row.planned.kind]).toEqual([kind, kind.operationKind]);
      expect((await follow((await apply(read.plan)).id)).state).toBe('succeeded');
    }
    const [a, b] = [await world.served(first!), await world.served(second!)];
    expect(a.code).toEqual(b.code);
    expect(() =>
      plannedRow({ ...batch.rows[0]!, planned: { ...batch.rows[0]!.planned, kind: 'code-new' } }, kinds),
    ).toThrow('operation-unreadable');
  });

  test('stand in slipway.json by their own members, and are protected however they are reached', async () => {
    const { kind, kinds } = world;
    const names = Object.keys(kind.members.properties);
    const own = Object.fromEntries(names.map((name, at) => [name, first![at]]));
    const text = JSON.stringify({ targets: { here: { connection: 'sandbox', ...own, bucket: BUCKET } } });
    const read = (file: string): Target => {
      const { entries, problems } = parseTargets(file, kinds);
      expect(problems).toEqual([]);
      return entries[0]!.target!;
    };
    const target = read(text);
    expect([target.kind, target.path, ownMembers(target)]).toEqual([kind, first, own]);
    expect(read(withTarget('', target, kind))).toEqual(target);
    const asked = planInputOf(target, {
      connection: input().destination.connection,
      root: { root: '/code' },
      cacheFolder: '/cache',
    });
    expect(asked.destination).toMatchObject({ kind, path: first, bucket: BUCKET });

    expect(notAgreedTo(agreementTo(target), target)).toEqual([]);
    expect(notAgreedTo(agreementTo(target), { ...target, path: second! })).toEqual([names.at(-1)]);
    const guarded = parseTargets(withTarget('', { ...target, protected: true }, kind), kinds);
    const protection = protectionOf([guarded], { kind, path: first! });
    expect(protection).toEqual({ kind: 'target', name: 'here' });
    expect(protectionOf([guarded], { kind, path: second! })).toBeUndefined();
    expect((await plan(input({ protection: protection! }))).confirmations).toEqual([
      { check: 'protection', typed: 'here' },
    ]);
    const missing = parseTargets('{"targets":{"here":{"connection":"sandbox","bucket":"b"}}}', kinds);
    expect(missing.problems.map(({ facts }) => facts)).toEqual(names.map((name) => ({ name })));
  });

  test('are not judged by an operation that cannot be read', async () => {
    const { id } = await apply(await plan());
    const operation = shop.ledger.operation(id)!;
    const seen = await world.follower.poll(
      { ...operation, request: { ...operation.request!, input: {} } },
      NEVER,
    );
    expect(seen).toMatchObject({
      state: 'ended',
      outcome: { state: 'unknown', failure: { code: 'operation-unreadable' } },
    });
    await follow(id);
  });
});
