/** An update from its plan to its end: what is sent, what stops it, how its end is found, and what cannot be known. */
import { describe, expect, it } from 'vitest';
import { outcomeWords } from '../../src/commands/outcome';
import type { EksUpdate, Nodegroup } from '../../src/model/eks';
import { failed } from '../../src/model/failure';
import { applyUpdate, updateOperation } from '../../src/nodegroup/apply/apply';
import {
  configFollower,
  kindOfUpdate,
  otherFollower,
  versionFollower,
} from '../../src/nodegroup/follow/follow';
import { planUpdate } from '../../src/nodegroup/plan/plan';
import { type PlanRecord, readRecord, recordJson, recordOf } from '../../src/nodegroup/plan/record';
import type { Operation } from '../../src/operations/operation';
import { known } from '../../src/plan/optional-read';
import { failureWords } from '../../src/view/messages/failure';
import { updateTypeWords } from '../../src/view/messages/nodegroup/history';
import { kindWords, verbOf } from '../../src/view/messages/operation';
import { modelOf, shapeOf } from '../contract/model';
import { FakeAws } from './fake-aws';
import { awsFailure, denied, insight, NEWEST, NOW, nodegroup, situation, template, update } from './nouns';
import { forever, openOperations, PLACE } from './operations';

const CHOICE = { version: '1.33', release: NEWEST, force: false };
const updated = nodegroup({ version: '1.33', releaseVersion: NEWEST });

function recordFor(group = nodegroup()): PlanRecord {
  const planned = planUpdate(situation({ nodegroup: group }), CHOICE, NOW);
  if (!planned.valid) throw new Error('not valid');
  return recordOf(planned.plan);
}

/** An operation that was carried out against `aws`, and a way to look at it. */
async function run(aws: FakeAws, record = recordFor(), signal = forever) {
  const operations = await openOperations();
  const follower = versionFollower({ eks: () => aws.ports.eks, clock: operations.clock });
  const { operation, failure } = await operations.carryOut(updateOperation(record, PLACE), (journal) =>
    applyUpdate(record, aws.ports.eks, journal, signal),
  );
  return {
    ...operations,
    operation,
    failure,
    follower,
    look: () => operations.look(follower, operation.id),
  };
}

/** AWS takes the update; `after` is what it shows of it from then on. */
function accepting(aws: FakeAws, after: Partial<EksUpdate> = {}): FakeAws {
  aws.onUpdate = () => {
    aws.updates = [...aws.updates, update(after)];
    return { requestId: 'request-1', update: update() };
  };
  return aws;
}

describe('carrying out', () => {
  it('sends what was planned, with a token that was written down first', async () => {
    const aws = accepting(new FakeAws());
    const bodies: unknown[] = [];
    const { onUpdate } = aws;
    aws.onUpdate = (request) => {
      bodies.push(request);
      return onUpdate(request);
    };
    const { operation, ledger } = await run(aws);
    const [body] = bodies;
    expect(bodies.length).toBe(1);
    expect(body).toEqual({
      clusterName: 'prod',
      nodegroupName: 'workers',
      version: '1.33',
      releaseVersion: NEWEST,
      clientRequestToken: operation.request?.token,
    });
    expect(operation.request).toMatchObject({
      service: 'eks',
      operation: 'UpdateNodegroupVersion',
      input: body,
    });
    expect(operation.request?.token).toMatch(/^[a-zA-Z0-9-]{36}$/);
    expect(operation).toMatchObject({
      kind: 'nodegroup-version',
      state: 'watching',
      requestIds: ['request-1'],
      subject: { path: ['prod', 'workers'], label: 'prod / workers', accountId: '111122223333' },
      facts: { updateId: 'update-1', updateStatus: 'InProgress', updateType: 'VersionUpdate' },
    });
    expect(ledger.events(operation.id).map(({ type }) => type)).toEqual([
      'planned',
      'step',
      'sending',
      'accepted',
    ]);
  });

  const drifts: readonly (readonly [string, Partial<Nodegroup>, string])[] = [
    ['version', { version: '1.33' }, 'Kubernetes version: 1.32, now 1.33'],
    ['release', { releaseVersion: '1.32.9-20260801' }, 'AMI release: 1.32.9-20260601, now 1.32.9-20260801'],
    ['status', { status: 'UPDATING', phase: 'busy' }, 'Status: ACTIVE, now UPDATING'],
    ['health', { status: 'DEGRADED', phase: 'failed' }, 'Status: ACTIVE, now DEGRADED'],
    ['AMI type', { amiType: 'CUSTOM' }, 'AMI type: AL2023_x86_64_STANDARD, now CUSTOM'],
    ['template', { launchTemplate: { name: 'own' } }, 'Launch template: not shown, now own'],
    ['settings', { updateConfig: { maxUnavailable: 5 } }, 'Nodes unavailable at once: 1, now 5'],
    [
      'strategy',
      { updateConfig: { maxUnavailable: 1, updateStrategy: 'MINIMAL' } },
      'Update strategy: not shown, now MINIMAL',
    ],
  ];
  it.each(drifts)(
    'stops when the %s changed since the plan, and sends nothing',
    async (_what, now, words) => {
      const aws = new FakeAws();
      aws.nodegroups = [nodegroup(now)];
      const { operation, failure } = await run(aws);
      expect(operation.state).toBe('drifted');
      expect(operation.request).toBeUndefined();
      expect(aws.count('UpdateNodegroupVersion')).toBe(0);
      expect(failure).toEqual(operation.outcome?.failure);
      expect(outcomeWords(operation, failureWords)).toBe(
        `Since the plan, somebody else has changed this: ${words}. Plan again.`,
      );
    },
  );

  const OTHER_ACCOUNT = 'arn:aws:eks:us-east-1:444455556666:nodegroup/prod/workers/1a';

  it("never updates another account's node group of the same name", async () => {
    const aws = new FakeAws();
    aws.nodegroups = [nodegroup({ arn: OTHER_ACCOUNT })];
    const { operation, failure } = await run(aws);
    expect(failure).toEqual({
      kind: 'refused',
      code: 'account-changed',
      facts: { planned: '111122223333', found: '444455556666' },
    });
    expect(operation).toMatchObject({ state: 'failed', outcome: { failure: { code: 'account-changed' } } });
    expect(operation.request).toBeUndefined();
    expect(aws.count('UpdateNodegroupVersion')).toBe(0);
  });

  it('stops when the node group was deleted and made anew, and sends nothing', async () => {
    const aws = new FakeAws();
    aws.nodegroups = [nodegroup({ arn: 'arn:aws:eks:us-east-1:111122223333:nodegroup/prod/workers/1a' })];
    const { operation } = await run(aws);
    expect(operation.state).toBe('drifted');
    expect(operation.request).toBeUndefined();
    expect(outcomeWords(operation, failureWords)).toContain(
      'Id, since the node group was deleted and made anew: 0f, now 1a',
    );
  });

  it.each(['', 'none'])('compares no ARN that is not known (%j)', async (arn) => {
    const aws = accepting(new FakeAws());
    const { operation } = await run(aws, { ...recordFor(), arn });
    expect(operation.state).toBe('watching');
    const silent = accepting(new FakeAws());
    silent.nodegroups = [nodegroup({ arn })];
    expect((await run(silent)).operation.state).toBe('watching');
  });

  it('does not take a recovered node group, or another size, for drift', async () => {
    const aws = accepting(new FakeAws());
    aws.nodegroups = [nodegroup({ scaling: { desired: 9 } })];
    const sick = nodegroup({ status: 'DEGRADED', phase: 'failed' });
    const { operation } = await run(aws, recordFor(sick));
    expect(operation.state).toBe('watching');
  });

  it('is cancelled before the request with nothing sent', async () => {
    const stop = new AbortController();
    stop.abort();
    const aws = new FakeAws();
    const { operation } = await run(aws, recordFor(), stop.signal);
    expect(operation).toMatchObject({ state: 'cancelled' });
    expect(operation.request).toBeUndefined();
    expect(aws.count('UpdateNodegroupVersion')).toBe(0);
  });

  it('is cancelled after the last look, too, with nothing sent', async () => {
    const stop = new AbortController();
    const aws = new FakeAws();
    const operations = await openOperations();
    const record = recordFor();
    const { operation } = await operations.carryOut(updateOperation(record, PLACE), (journal) =>
      applyUpdate(
        record,
        aws.ports.eks,
        { ...journal, step: (name, facts) => journal.step(name, facts).then(() => stop.abort()) },
        stop.signal,
      ),
    );
    expect(operation).toMatchObject({ state: 'cancelled', steps: [{ name: 'read-node-group' }] });
    expect(operation.request).toBeUndefined();
  });

  it('ends as failed when AWS refuses, with its failure', async () => {
    const aws = new FakeAws();
    aws.failures = {
      UpdateNodegroupVersion: awsFailure('conflict', 'eks', 'x', { name: 'ResourceInUseException' }),
    };
    const { operation, failure } = await run(aws);
    expect(operation).toMatchObject({
      state: 'failed',
      outcome: { failure: { name: 'ResourceInUseException', operation: 'UpdateNodegroupVersion' } },
    });
    expect(failure).toMatchObject({ name: 'ResourceInUseException' });
  });

  it('goes on when the list of updates may not be read', async () => {
    const aws = accepting(new FakeAws());
    aws.failures = { ListUpdates: denied('eks', 'ListUpdates') };
    expect((await run(aws)).operation.state).toBe('watching');
  });

  it('cannot begin while a check blocks it', () => {
    const parts = { insights: known([insight('ERROR')]) };
    const planned = planUpdate(situation(parts), CHOICE, NOW);
    if (!planned.valid) throw new Error('not valid');
    expect(() => recordOf(planned.plan)).toThrow('update-blocked');
    expect(recordOf(planned.plan, ['insights']).passed).toEqual(['insights']);
  });

  it('reads its record back from the ledger, and nothing that is none', () => {
    const record = recordFor(nodegroup({ launchTemplate: { id: 'lt-0aa', version: '1' } }));
    expect(readRecord(recordJson(record))).toEqual(record);
    for (const other of [null, [], {}, 'x', { arn: 'a', before: {}, request: {}, checks: [] }]) {
      expect(() => readRecord(other)).toThrow('record-not-readable');
    }
  });
});

describe('following', () => {
  async function accepted(after: Partial<EksUpdate> = {}, record?: PlanRecord) {
    const aws = accepting(new FakeAws(), after);
    return { aws, ...(await run(aws, record)) };
  }

  it('goes on while the update is in progress, or in a status that is not known', async () => {
    for (const status of ['InProgress', 'SomethingLater']) {
      const { look } = await accepted({ status });
      expect(await look()).toMatchObject({ state: 'watching', facts: { updateStatus: status } });
    }
  });

  it('succeeds when the node group shows what was asked for', async () => {
    const { aws, look } = await accepted({ status: 'Successful' });
    aws.nodegroups = [updated];
    expect(await look()).toMatchObject({
      state: 'succeeded',
      outcome: { facts: { updateStatus: 'Successful', shown: { version: '1.33', releaseVersion: NEWEST } } },
    });
  });

  it('waits a minute for the node group to show it, and then says that it does not', async () => {
    const { clock, look } = await accepted({ status: 'Successful' });
    expect((await look()).state).toBe('watching');
    clock.jump(59_999);
    expect((await look()).state).toBe('watching');
    clock.jump(1);
    expect(await look()).toMatchObject({
      state: 'unknown',
      outcome: {
        facts: {
          why: 'node-group-differs',
          differences: [
            { part: 'version', before: '1.33', now: '1.32' },
            { part: 'releaseVersion', before: NEWEST, now: '1.32.9-20260601' },
          ],
        },
      },
    });
  });

  it('looks at the launch template version too', async () => {
    const group = nodegroup({ launchTemplate: { id: 'lt-0aa', version: '1' } });
    const parts = { nodegroup: group, templates: known([template(1), template(2)]) };
    const planned = planUpdate(situation(parts), { ...CHOICE, templateVersion: 2 }, NOW);
    if (!planned.valid) throw new Error('not valid');
    const aws = accepting(new FakeAws(), { status: 'Successful' });
    aws.nodegroups = [group];
    const { look } = await run(aws, recordOf(planned.plan));
    aws.nodegroups = [{ ...updated, launchTemplate: { id: 'lt-0aa', version: '1' } }];
    expect((await look()).state).toBe('watching');
    aws.nodegroups = [{ ...updated, launchTemplate: { id: 'lt-0aa', version: '2' } }];
    expect((await look()).state).toBe('succeeded');
  });

  it("fails with EKS's errors as facts", async () => {
    const errors = [{ code: 'PodEvictionFailure', message: 'm', resourceIds: ['ip-10-0-0-1'] }];
    const { look } = await accepted({ status: 'Failed', errors });
    expect(await look()).toMatchObject({
      state: 'failed',
      outcome: { facts: { errors, updateId: 'update-1' } },
    });
  });

  it('says when AWS cancelled it, and why', async () => {
    const { look } = await accepted({ status: 'Cancelled', cancellation: 'The cluster goes back.' });
    const operation = await look();
    expect(operation.state).toBe('cancelled-by-aws');
    expect(outcomeWords(operation, () => '')).toBe('AWS says: The cluster goes back.');
  });

  const gone: readonly (readonly [string, (aws: FakeAws) => void, object])[] = [
    [
      'the update',
      (aws) => {
        aws.updates = [];
      },
      { why: 'update-not-found' },
    ],
    [
      'the permission to describe updates',
      (aws) => {
        aws.failures = { DescribeUpdate: denied('eks', 'DescribeUpdate') };
      },
      { why: 'not-permitted', action: 'eks:DescribeUpdate' },
    ],
    [
      'the permission to describe the node group',
      (aws) => {
        aws.failures = { DescribeNodegroup: denied('eks', 'DescribeNodegroup') };
      },
      { why: 'not-permitted', action: 'eks:DescribeNodegroup' },
    ],
    [
      'the node group',
      (aws) => {
        aws.nodegroups = [];
      },
      { why: 'node-group-gone' },
    ],
  ];
  it.each(gone)('does not know the end when %s is gone', async (_what, lose, facts) => {
    const { aws, look } = await accepted({ status: 'Successful' });
    lose(aws);
    expect(await look()).toMatchObject({ state: 'unknown', outcome: { facts } });
  });

  it('throws what passes, so that the tracker tries again', async () => {
    const { aws, look } = await accepted();
    for (const reason of ['throttled', 'network', 'server'] as const) {
      aws.failures = { DescribeUpdate: awsFailure(reason, 'eks', 'x', { passing: true }) };
      await expect(look()).rejects.toMatchObject({ failure: { reason } });
    }
    aws.failures = {};
    expect((await look()).state).toBe('watching');
  });

  it('awaits the budget before each request but the first', async () => {
    const { aws, follower, operation } = await accepted({ status: 'Successful' });
    const order: string[] = [];
    aws.nodegroups = [updated];
    const before = aws.asked.length;
    await follower.poll(operation, forever, async () => {
      order.push(`budget after ${aws.asked.length - before}`);
    });
    expect(aws.asked.slice(before).map((one) => one.split(' ')[0])).toEqual([
      'DescribeUpdate',
      'DescribeNodegroup',
    ]);
    expect(order).toEqual(['budget after 1']);
  });

  it('follows an update that Slipway did not start', async () => {
    const aws = new FakeAws();
    const foreign = update({ id: 'foreign-1', status: 'Successful' });
    aws.updates = [foreign];
    const { ledger, look, clock } = await openOperations();
    const { kind, ...planned } = updateOperation(recordFor(), PLACE);
    expect(kindOfUpdate(foreign)).toBe(kind);
    const journal = await ledger.begin({ ...planned, kind, plan: {} });
    await journal.accepted(undefined, { updateId: foreign.id });
    const follower = versionFollower({ eks: () => aws.ports.eks, clock });
    expect((await look(follower, journal.id)).state).toBe('succeeded');
  });
});

describe('an update that somebody else started', () => {
  const types = shapeOf(modelOf('eks'), 'UpdateType').enum ?? [];
  it.each([...types, 'SomethingLater'])(
    'of the type %s is followed, and called by its name',
    async (type) => {
      const aws = new FakeAws();
      const foreign = update({ id: 'foreign-1', type, status: 'Successful' });
      aws.updates = [foreign];
      const kind = kindOfUpdate(foreign);
      const { ledger, look, clock } = await openOperations();
      const journal = await ledger.begin({ ...updateOperation(recordFor(), PLACE), kind, plan: {} });
      await journal.accepted(undefined, { updateId: foreign.id });
      const following = { eks: () => aws.ports.eks, clock };
      const followers = [versionFollower(following), configFollower(following), otherFollower(following)];
      const follower = followers.find((one) => one.kind === kind);
      if (!follower) throw new Error(`nobody follows ${kind}`);
      expect((await look(follower, journal.id)).state).toBe('succeeded');
      expect(updateTypeWords(type)).toMatch(/^[a-z ]+$/);
      expect(kindWords({ kind, plan: {} })).not.toBe(kind);
      expect(verbOf({ kind, plan: {} })).not.toBe(kind);
    },
  );
});

describe('a request without an answer', () => {
  const lost = awsFailure('network', 'eks', 'x', { name: 'ECONNRESET', passing: true, answered: false });
  const before = update({ id: 'before-1', status: 'Successful' });

  /** The answer is lost; `taken` are the updates that AWS has all the same. */
  async function unanswered(taken: readonly EksUpdate[], failure = lost, setUp?: (aws: FakeAws) => void) {
    const aws = new FakeAws();
    aws.updates = [before];
    setUp?.(aws);
    aws.onUpdate = () => {
      aws.updates = [...taken, before];
      throw failed({ ...failure, operation: 'UpdateNodegroupVersion' });
    };
    const ran = await run(aws);
    expect(ran.operation).toMatchObject({ state: 'watching' });
    expect(ran.operation.acceptedAt).toBeUndefined();
    expect(aws.count('UpdateNodegroupVersion')).toBe(1);
    return { aws, ...ran };
  }

  const ours = update({ id: 'ours' });

  it('finds its update and follows it', async () => {
    const { aws, look } = await unanswered([ours]);
    expect(await look()).toMatchObject({ state: 'watching', facts: { updateId: 'ours' } });
    aws.updates = [{ ...ours, status: 'Successful' }];
    aws.nodegroups = [updated];
    expect((await look()).state).toBe('succeeded');
    expect(aws.count('UpdateNodegroupVersion')).toBe(1);
  });

  it('describes only what was not there before', async () => {
    const { aws, look } = await unanswered([ours]);
    await look();
    expect(aws.asked.filter((one) => one.startsWith('DescribeUpdate'))).toEqual(['DescribeUpdate ours']);
  });

  it('waits until AWS would show it, and then says that nothing was taken, and why', async () => {
    const { clock, look } = await unanswered([]);
    expect((await look()).state).toBe('watching');
    clock.jump(30_000);
    expect(await look()).toMatchObject({
      state: 'failed',
      outcome: { failure: { kind: 'aws', name: 'ECONNRESET' } },
    });
  });

  it('knows that a fault of AWS itself leaves it open', async () => {
    const fault = awsFailure('server', 'eks', 'x', { name: 'ServerException', status: 500 });
    const { clock, look } = await unanswered([], fault);
    clock.jump(30_000);
    expect(await look()).toMatchObject({
      state: 'failed',
      outcome: { failure: { name: 'ServerException' } },
    });
    const taken = await unanswered([ours], fault);
    expect((await taken.look()).facts['updateId']).toBe('ours');
  });

  const strangers: readonly (readonly [string, Partial<EksUpdate>])[] = [
    ['another kind of update', { type: 'ConfigUpdate', params: [] }],
    ['another version', { params: [{ type: 'Version', value: '1.32' }] }],
    ['another release', { params: [{ type: 'ReleaseVersion', value: '1.33.4-20260701' }] }],
  ];
  it.each(strangers)("does not take somebody else's for it: %s", async (_what, parts) => {
    const { clock, look } = await unanswered([update({ id: 'theirs', ...parts })]);
    clock.jump(30_000);
    expect((await look()).state).toBe('failed');
  });

  it('does not choose between two that fit', async () => {
    const { look } = await unanswered([ours, update({ id: 'twin' })]);
    expect(await look()).toMatchObject({
      state: 'unknown',
      outcome: { facts: { why: 'several-updates', updateIds: ['ours', 'twin'] } },
    });
  });

  const blind = (aws: FakeAws): void => {
    aws.failures = { ListUpdates: denied('eks', 'ListUpdates') };
  };

  it('names the permission that is missing to find it', async () => {
    const { look } = await unanswered([ours], lost, blind);
    expect(await look()).toMatchObject({
      state: 'unknown',
      outcome: { facts: { why: 'not-permitted', action: 'eks:ListUpdates' } },
    });
  });

  it('goes by time and parameters where the earlier updates are not known', async () => {
    const old = update({ id: 'old', createdAt: NOW - 3_600_000 });
    const { aws, look } = await unanswered([old, ours], lost, blind);
    aws.failures = {};
    aws.updates = [old, ours];
    expect((await look()).facts['updateId']).toBe('ours');
  });

  it('does not pretend to know where it cannot', async () => {
    const { aws, look, clock } = await unanswered([], lost, blind);
    aws.failures = {};
    aws.updates = [update({ id: 'old', createdAt: NOW - 3_600_000 })];
    clock.jump(30_000);
    expect(await look()).toMatchObject({ state: 'unknown', outcome: { facts: { why: 'cannot-tell' } } });
  });

  it('knows that nothing was taken where no update fits, whichever were there before', async () => {
    const { aws, look, clock } = await unanswered([], lost, blind);
    aws.failures = {};
    aws.updates = [update({ id: 'other', type: 'ConfigUpdate', createdAt: NOW - 3_600_000 })];
    expect((await look()).state).toBe('watching');
    clock.jump(30_000);
    expect((await look()).state).toBe('failed');
  });

  it('finds it when the process died between sending and answer', async () => {
    const aws = new FakeAws();
    aws.updates = [before];
    const { ledger, look, clock } = await openOperations();
    const record = recordFor();
    const journal = await ledger.begin(updateOperation(record, PLACE));
    const dying = new Error('SIGKILL');
    await expect(
      applyUpdate(
        record,
        aws.ports.eks,
        { ...journal, sending: (request) => journal.sending(request).then(() => Promise.reject(dying)) },
        forever,
      ),
    ).rejects.toBe(dying);
    await journal.watched();
    aws.updates = [before, ours];
    const follower = versionFollower({ eks: () => aws.ports.eks, clock });
    expect((await look(follower, journal.id)).facts['updateId']).toBe('ours');
  });

  it('says what was in the way when the node group is gone', async () => {
    const { aws, look } = await unanswered([]);
    aws.failures = { ListUpdates: awsFailure('not-found', 'eks', 'ListUpdates') };
    expect(await look()).toMatchObject({ state: 'unknown', outcome: { facts: { why: 'node-group-gone' } } });
  });
});

describe('operations that name no node group', () => {
  it('end as unknown instead of asking forever', async () => {
    const { clock } = await openOperations();
    const aws = new FakeAws();
    const operation = { subject: { path: ['prod'] }, facts: {}, steps: [] } as unknown as Operation;
    const seen = await versionFollower({ eks: () => aws.ports.eks, clock }).poll(operation, forever);
    expect(seen).toMatchObject({ outcome: { state: 'unknown' } });
  });
});
