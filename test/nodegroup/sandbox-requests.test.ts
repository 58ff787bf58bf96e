/** From a choice to the wire: the real adapters send to the sandbox what an encoder makes from the official model alone. */
import { describe, expect, it } from 'vitest';
import type { Nodegroup } from '../../src/model/eks';
import { applyUpdate, updateOperation } from '../../src/nodegroup/apply/apply';
import { applyConfig, configOperation, planConfig } from '../../src/nodegroup/apply/config';
import { AttentionSource } from '../../src/nodegroup/attention/attention-source';
import type { CheckId } from '../../src/nodegroup/checks/all-checks';
import type { UpdateChoice } from '../../src/nodegroup/choice/choice';
import { versionFollower } from '../../src/nodegroup/follow/follow';
import { planUpdate } from '../../src/nodegroup/plan/plan';
import { recordOf } from '../../src/nodegroup/plan/record';
import { readCluster, readSituation, type Situation } from '../../src/nodegroup/reading/situation';
import { stateOf } from '../../src/nodegroup/reading/state';
import { requestErrorRemedy } from '../../src/nodegroup/remedies/request-errors';
import { requestErrorWords } from '../../src/view/messages/nodegroup';
import { openInSandbox } from '../aws/open-aws';
import { encode } from '../contract/encoder';
import { modelOf } from '../contract/model';
import { judgedSandbox } from '../sandbox/judged-sandbox';
import { VirtualClock } from '../virtual-clock';
import { forever, openOperations, PLACE } from './operations';
import { expectPlainWords } from './plain';

const judged = judgedSandbox();

/** Insights block most of the sample shop's clusters; what these tests are about goes on past them. */
const PASSED: readonly CheckId[] = ['insights', 'drain'];

async function open(cluster: string, nodegroup: string) {
  const { sandbox } = judged();
  const { session, close } = await openInSandbox(sandbox);
  const ports = session.interactive;
  const looks = new AttentionSource(ports, new VirtualClock(Date.now()));
  const situation = await readSituation(
    looks,
    await readCluster(ports, cluster, forever),
    nodegroup,
    forever,
  );
  const operations = await openOperations();
  return { sandbox, ports, situation, operations, close };
}

type Opened = Awaited<ReturnType<typeof open>>;

async function update(
  { ports, operations }: Opened,
  situation: Situation,
  choice: UpdateChoice,
  shown: Nodegroup,
) {
  const planned = planUpdate(situation, choice, Date.now());
  if (!planned.valid) throw new Error(JSON.stringify(planned.problems));
  const record = { ...recordOf(planned.plan, PASSED), before: stateOf(shown) };
  return operations.carryOut(updateOperation(record, PLACE), (journal) =>
    applyUpdate(record, ports.eks, journal, forever),
  );
}

async function sentTo({ sandbox }: Opened, operation: string) {
  const [request, ...more] = await sandbox.control.requests({ service: 'eks', operation });
  expect(more).toEqual([]);
  const { exchange, method, path, query } = request ?? {};
  if (!exchange) throw new Error('nothing was sent, or not recorded');
  return {
    method,
    path,
    query,
    contentType: exchange.requestHeaders['content-type'],
    body: JSON.parse(Buffer.from(exchange.requestBody, 'base64').toString('utf8')) as Record<string, unknown>,
  };
}

interface Case {
  readonly name: string;
  readonly at: readonly [cluster: string, nodegroup: string];
  readonly choose: (situation: Situation) => UpdateChoice;
  /** What the body must hold besides the token, written out by hand. */
  readonly body: object;
  /** How the node group shows itself to the plan. */
  readonly as?: (nodegroup: Nodegroup) => Nodegroup;
}

const newestOf = ({ offered }: Situation, version: string): string => {
  const newest = offered.find((option) => option.version === version)?.newest;
  if (!newest?.known) throw new Error(`no newest release for ${version}`);
  return newest.value;
};

const CASES: readonly Case[] = [
  {
    name: 'plain update',
    at: ['market-data', 'legacy-subnets'],
    choose: () => ({ version: '1.32', force: false }),
    body: { version: '1.32' },
  },
  {
    name: 'new version',
    at: ['market-data', 'legacy-subnets'],
    choose: (situation) => ({ version: '1.33', release: newestOf(situation, '1.33'), force: false }),
    body: { version: '1.33', releaseVersion: '1.33.7-20261103' },
  },
  {
    name: 'typed release',
    at: ['market-data', 'ingest'],
    choose: () => ({ version: '1.33', release: '1.49.0-713f44ce', force: false }),
    body: { version: '1.33', releaseVersion: '1.49.0-713f44ce' },
  },
  {
    name: 'template by id',
    at: ['market-data', 'hardened'],
    choose: () => ({ version: '1.33', templateVersion: 3, force: false }),
    body: { version: '1.33', launchTemplate: { id: 'lt-08f2b36d95ce74a10', version: '3' } },
  },
  {
    name: 'template by name',
    at: ['market-data', 'hardened'],
    as: (nodegroup) => ({ ...nodegroup, launchTemplate: { name: 'market-data-hardened', version: '1' } }),
    choose: () => ({ version: '1.33', templateVersion: 2, force: false }),
    body: { version: '1.33', launchTemplate: { name: 'market-data-hardened', version: '2' } },
  },
  {
    name: 'custom AMI',
    at: ['trading-prod', 'oms-low-latency'],
    choose: () => ({ templateVersion: 5, force: false }),
    body: { launchTemplate: { id: 'lt-0d7c1e94ab2f60358', version: '5' } },
  },
  {
    name: 'force',
    at: ['trading-prod', 'oms-guarded'],
    choose: () => ({ version: '1.32', force: true }),
    body: { version: '1.32', force: true },
  },
];

describe('UpdateNodegroupVersion', () => {
  it.each(CASES)('$name', async ({ at: [cluster, nodegroup], as, choose, body }) => {
    const opened = await open(cluster, nodegroup);
    const { situation } = opened;
    const seen = as ? { ...situation, nodegroup: as(situation.nodegroup) } : situation;
    const { operation } = await update(opened, seen, choose(seen), situation.nodegroup);
    expect(operation.state).toBe('watching');
    const token = operation.request?.token;
    expect(token).toMatch(/^[a-zA-Z0-9-]{36}$/);

    const sent = await sentTo(opened, 'UpdateNodegroupVersion');
    expect(sent.contentType).toBe('application/json');
    expect(sent.body).toEqual({ ...body, clientRequestToken: token });
    expect(operation.request?.input).toEqual({
      clusterName: cluster,
      nodegroupName: nodegroup,
      ...body,
      clientRequestToken: token,
    });
    const input = operation.request?.input as Record<string, unknown>;
    const encoded = encode(modelOf('eks'), 'UpdateNodegroupVersion', input);
    expect({ method: sent.method, path: sent.path, body: sent.body }).toEqual({
      method: encoded.method,
      path: encoded.path,
      body: encoded.body,
    });
    expect([...new URLSearchParams(sent.query)]).toEqual(encoded.query);
    await opened.close();
  });
});

describe('UpdateNodegroupConfig', () => {
  it('sends the settings, whole', async () => {
    const opened = await open('research-gpu', 'training');
    const choice = { unavailable: { kind: 'percentage', percent: 50 } } as const;
    const planned = planConfig(opened.situation, choice);
    if (!planned.valid) throw new Error(JSON.stringify(planned.problems));
    const { operation } = await opened.operations.carryOut(configOperation(planned.plan, PLACE), (journal) =>
      applyConfig(planned.plan, opened.ports.eks, journal, forever),
    );
    const sent = await sentTo(opened, 'UpdateNodegroupConfig');
    expect(sent.body).toEqual({
      updateConfig: { maxUnavailablePercentage: 50, updateStrategy: 'MINIMAL' },
      clientRequestToken: operation.request?.token,
    });
    const input = operation.request?.input as Record<string, unknown>;
    const encoded = encode(modelOf('eks'), 'UpdateNodegroupConfig', input);
    expect([sent.method, sent.path, sent.body]).toEqual([encoded.method, encoded.path, encoded.body]);
    await opened.close();
  });
});

describe('declared exceptions', () => {
  const EXCEPTIONS = [
    ['InvalidParameterException', 400, 'choose-again'],
    ['InvalidRequestException', 400, 'open-health-issues'],
    ['ClientException', 400, 'copy-details'],
    ['ResourceNotFoundException', 404, 'refresh'],
    ['ResourceInUseException', 409, 'follow-running-update'],
    ['ServerException', 500, 'try-again'],
  ] as const;

  it.each(EXCEPTIONS)('%s (%i) has its own sentence and way out: %s', async (code, status, action) => {
    const opened = await open('market-data', 'ingest');
    const { sandbox, situation, operations } = opened;
    const fault = {
      kind: 'error',
      service: 'eks',
      operation: 'UpdateNodegroupVersion',
      status,
      code,
    } as const;
    await sandbox.control.fault({ ...fault, message: `${code} as AWS words it` });
    const choice = { version: '1.33', force: false };
    const { operation, failure } = await update(opened, situation, choice, situation.nodegroup);

    const remedy = failure && requestErrorRemedy(failure);
    if (failure?.kind !== 'aws' || !remedy) throw new Error(JSON.stringify(failure));
    expect(remedy).toMatchObject({ explains: code, action });
    const words = requestErrorWords(failure, remedy);
    expectPlainWords(words);
    expect(words).toContain(`${code} as AWS words it`);

    let ended = operation;
    if (code === 'ServerException') {
      // AWS answered with a fault of its own: only a look at its updates tells that none came of the request.
      expect(operation.state).toBe('watching');
      operations.clock.jump(60_000);
      const follower = versionFollower({ eks: () => opened.ports.eks, clock: operations.clock });
      ended = await operations.look(follower, operation.id);
    }
    expect(ended).toMatchObject({ state: 'failed', outcome: { failure: { name: code } } });
    await opened.close();
  });
});

describe('to the end', () => {
  const follow = (opened: Opened, id: string) =>
    opened.operations.look(
      versionFollower({ eks: () => opened.ports.eks, clock: opened.operations.clock }),
      id,
    );

  it('succeeds when the node group shows it', async () => {
    const opened = await open('market-data', 'hardened');
    const choice = {
      version: '1.33',
      release: newestOf(opened.situation, '1.33'),
      templateVersion: 3,
      force: false,
    };
    const { operation } = await update(opened, opened.situation, choice, opened.situation.nodegroup);
    expect((await follow(opened, operation.id)).state).toBe('watching');
    await judged().minutes(120);
    expect(await follow(opened, operation.id)).toMatchObject({
      state: 'succeeded',
      outcome: {
        facts: { shown: { version: '1.33', templateVersion: '3', releaseVersion: choice.release } },
      },
    });
    await opened.close();
  });

  it('fails with PodEvictionFailure where a budget guards a node, and not with force', async () => {
    for (const force of [false, true]) {
      const opened = await open('trading-prod', 'oms-guarded');
      const choice = { version: '1.32', force };
      const { operation } = await update(opened, opened.situation, choice, opened.situation.nodegroup);
      await judged().minutes(120);
      const ended = await follow(opened, operation.id);
      expect(ended.state).toBe(force ? 'succeeded' : 'failed');
      if (!force) {
        expect(ended.outcome?.facts?.['errors']).toMatchObject([
          { code: 'PodEvictionFailure', resourceIds: ['ip-10-20-14-201.ec2.internal'] },
        ]);
      }
      await opened.close();
    }
  });

  it('stops with nothing sent when somebody else was faster', async () => {
    const opened = await open('market-data', 'ingest');
    const { sandbox, situation } = opened;
    const foreign = { kind: 'nodegroup-update', clusterName: 'market-data', nodegroupName: 'ingest' };
    await sandbox.control.foreign({ ...foreign, version: '1.33' });
    const { operation } = await update(
      opened,
      situation,
      { version: '1.33', force: false },
      situation.nodegroup,
    );
    expect(operation.state).toBe('drifted');
    expect(await sandbox.control.requests({ operation: 'UpdateNodegroupVersion' })).toEqual([]);
    await opened.close();
  });

  it('finds its update when every answer was lost, and AWS has one', async () => {
    const opened = await open('market-data', 'ingest');
    const { sandbox, situation } = opened;
    await sandbox.control.fault({ kind: 'reset-after', operation: 'UpdateNodegroupVersion' });
    const { operation } = await update(
      opened,
      situation,
      { version: '1.33', force: false },
      situation.nodegroup,
    );
    expect(operation).toMatchObject({ state: 'watching' });
    expect(operation.acceptedAt).toBeUndefined();
    const found = await follow(opened, operation.id);
    const state = await judged().state();
    const group = state.eksClusters
      .flatMap(({ nodegroups }) => nodegroups)
      .find(({ name }) => name === 'ingest');
    const [own, ...more] = group?.updates.filter(({ by }) => by === 'caller') ?? [];
    expect(more).toEqual([]);
    expect(found.facts['updateId']).toBe(own?.id);
    await opened.close();
  });
});
