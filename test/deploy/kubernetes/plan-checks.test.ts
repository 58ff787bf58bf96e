/** What the plan of a workload warns of: each finding, and beside it what looks alike and is no reason to warn. */
import { describe, expect, test } from 'vitest';
import { conventionCheck } from '../../../src/deploy/kubernetes/checks/convention';
import { imagesCheck } from '../../../src/deploy/kubernetes/checks/images';
import { podsCheck } from '../../../src/deploy/kubernetes/checks/pods';
import { volumeCheck } from '../../../src/deploy/kubernetes/checks/volume';
import type { Workloads } from '../../../src/deploy/kubernetes/ports';
import type { WorkloadStrategy } from '../../../src/deploy/kubernetes/strategies';
import { failed } from '../../../src/model/failure';
import type { PodDisruptionBudget } from '../../../src/model/kubernetes';
import { ANNOTATION, type SnippetStep, type Workload, type WorkloadPod } from '../../../src/model/workload';
import { pod, workload } from '../../model/workloads';

const NEVER = new AbortController().signal;
const MINUTE = 60_000;

/** The cluster, of which nothing but this may be asked. */
function answering(answers: Partial<Workloads>): Workloads {
  return new Proxy(answers, {
    get: (given, name) =>
      Reflect.get(given, name) ??
      (() => {
        throw new Error(`nobody should ask for ${String(name)}`);
      }),
  }) as Workloads;
}

const forbidden = async (): Promise<never> => {
  throw failed({
    kind: 'kubernetes',
    cluster: 'trading',
    verb: 'get',
    resource: 'persistentvolumeclaims',
    reason: 'forbidden',
    code: 'Forbidden',
    message: 'no',
    passing: false,
    answered: true,
  });
};

describe('volumes', () => {
  const rolling = (change: Partial<Workload> = {}): Workload =>
    workload({ kind: 'Deployment', replicas: 1, claims: ['db'], maxSurge: '25%', ...change });
  const ONCE = ['ReadWriteOnce'];

  test.each<[string, Workload, readonly string[], string]>([
    ['one that one node mounts', rolling(), ONCE, 'volume.one-node'],
    ['one that one pod mounts', rolling(), ['ReadWriteOncePod'], 'volume.one-pod'],
    ['no surge, but other pods that stay', rolling({ maxSurge: 0, replicas: 2 }), ONCE, 'volume.one-node'],
  ])('%s: warned of', async (_, of, accessModes, code) => {
    const workloads = answering({ claims: async () => [{ name: 'db', accessModes }] });
    const found = await volumeCheck(workloads, of, NEVER);
    expect(found).toMatchObject({ code, verdict: 'warn', facts: { claim: 'db' }, remedy: 'share-volume' });
  });

  test.each<[string, Workload, readonly string[] | undefined]>([
    ['many nodes may write', rolling(), ['ReadWriteMany']],
    ['many nodes may read', rolling(), ['ReadOnlyMany']],
    ['one may write, and many as well', rolling(), ['ReadWriteOnce', 'ReadWriteMany']],
    ['no claims', rolling({ claims: [] }), undefined],
    ['all pods go first', rolling({ updateStrategy: 'Recreate' }), undefined],
    ['the one pod goes first', rolling({ maxSurge: 0 }), undefined],
    ['the one pod goes first, by a percentage', rolling({ maxSurge: '0%' }), undefined],
    ['no pods', rolling({ replicas: 0 }), undefined],
    ['each pod of a StatefulSet goes before its successor comes', workload({ claims: ['db'] }), undefined],
  ])('%s: no warning', async (_, of, accessModes) => {
    const claims = accessModes && (async () => [{ name: 'db', accessModes }]);
    const found = await volumeCheck(answering(claims ? { claims } : {}), of, NEVER);
    expect(found).toMatchObject({ code: 'volume.free', verdict: 'pass' });
  });

  test('claims that one may not read are unknown, and no pass', async () => {
    const found = await volumeCheck(answering({ claims: forbidden }), rolling(), NEVER);
    expect(found).toMatchObject({ code: 'volume.unknown', verdict: 'unknown' });
  });
});

describe('pods', () => {
  const budget = (change: Partial<PodDisruptionBudget>): PodDisruptionBudget => ({
    uid: 'b',
    name: 'hdb',
    namespace: 'tick',
    createdAt: 0,
    unhealthyPodEvictionPolicy: 'IfHealthyBudget',
    generation: 1,
    observedGeneration: 1,
    disruptionsAllowed: 1,
    currentHealthy: 3,
    desiredHealthy: 2,
    expectedPods: 3,
    ...change,
  });
  const NONE = budget({ disruptionsAllowed: 0, desiredHealthy: 3 });
  const three = [pod({ uid: 'a' }), pod({ uid: 'b' }), pod({ uid: 'c' })];
  const onDelete = workload({ updateStrategy: 'OnDelete' });
  const check = (of: Workload, strategy: WorkloadStrategy, budgets: readonly PodDisruptionBudget[]) => {
    const workloads = answering({ budgets: async () => budgets });
    return podsCheck({ workload: of, pods: three, workloads, now: 0 }, strategy, NEVER);
  };

  test.each<[string, Workload, WorkloadStrategy, readonly PodDisruptionBudget[], string, object]>([
    ['that no drain moves', onDelete, 'NO_RESTART', [NONE], 'pods.never-evicted', { budgets: ['hdb'] }],
    [
      'that two budgets cover',
      onDelete,
      'NO_RESTART',
      [budget({}), budget({ name: 'all' })],
      'pods.never-evicted',
      { budgets: ['hdb', 'all'] },
    ],
    [
      'of which FORCE takes more than may go',
      workload(),
      'FORCE',
      [budget({})],
      'pods.beyond-budget',
      { budgets: ['hdb'], pods: 3, allowed: 1 },
    ],
  ])('%s: warned of', async (_, of, strategy, budgets, code, facts) => {
    expect(await check(of, strategy, budgets)).toMatchObject({ code, verdict: 'warn', facts });
  });

  test.each<[string, Workload, WorkloadStrategy, readonly PodDisruptionBudget[]]>([
    ['a budget that lets one go', onDelete, 'NO_RESTART', [budget({})]],
    [
      'a budget that lets none go while one is not ready',
      onDelete,
      'NO_RESTART',
      [budget({ disruptionsAllowed: 0, currentHealthy: 2 })],
    ],
    [
      'a budget of no pods yet',
      onDelete,
      'NO_RESTART',
      [budget({ disruptionsAllowed: 0, expectedPods: 0, desiredHealthy: 0 })],
    ],
    ['no budget', onDelete, 'NO_RESTART', []],
    ['FORCE without a budget', workload(), 'FORCE', []],
    ['FORCE that may take all', workload(), 'FORCE', [budget({ disruptionsAllowed: 3 })]],
  ])('%s: no warning', async (_, of, strategy, budgets) => {
    expect(await check(of, strategy, budgets)).toMatchObject({ code: 'pods.free', verdict: 'pass' });
  });

  test('a rollout asks no budget, so that none is read', async () => {
    const read = { workload: workload(), pods: three, workloads: answering({}), now: 0 };
    expect(await podsCheck(read, 'ROLLING', NEVER)).toMatchObject({ code: 'pods.free' });
  });

  test.each([
    [6, 'pods.stuck-leaving'],
    [4, 'pods.free'],
  ])('one that is %i minutes over its time: %s', async (minutes, code) => {
    const leaving = pod({ deletedAt: MINUTE, finalizers: ['acme.example/drain'] });
    const now = MINUTE + minutes * MINUTE;
    const read = { workload: workload(), pods: [leaving], workloads: answering({}), now };
    expect(await podsCheck(read, 'ROLLING', NEVER)).toMatchObject({ code });
  });

  test('budgets that one may not read are unknown, and no pass', async () => {
    const read = { workload: workload(), pods: three, workloads: answering({ budgets: forbidden }), now: 0 };
    expect(await podsCheck(read, 'FORCE', NEVER)).toMatchObject({ code: 'pods.unknown', verdict: 'unknown' });
  });
});

describe('images', () => {
  const found = (...steps: readonly SnippetStep[]) =>
    imagesCheck(workload({ convention: { fetch: 'f', readsScript: true, istio: false, steps } }));
  const step = (script: SnippetStep['script'], image: string): SnippetStep => ({
    script,
    container: 'c',
    image,
  });

  test.each<[SnippetStep, readonly string[]]>([
    [step('unpack', 'public.ecr.aws/aws-cli/aws-cli:2.31.9'), ['unzip']],
    [step('unpack', 'amazon/aws-cli@sha256:00'), ['unzip']],
    [step('fetch', 'public.ecr.aws/docker/library/busybox:1.37'), ['aws']],
    [step('fetch', 'localhost:5000/alpine'), ['aws']],
    [step('start', 'gcr.io/distroless/python3'), ['sh']],
  ])('%o lacks %o', (one, programs) => {
    expect(found(one)).toMatchObject({ code: 'images.lacking', verdict: 'warn', facts: { programs } });
  });

  test.each<[SnippetStep]>([
    [step('fetch', 'public.ecr.aws/aws-cli/aws-cli:2.31.9')],
    [step('unpack', 'public.ecr.aws/docker/library/busybox:1.37')],
    [step('unpack', 'alpine')],
    [step('fetch', 'registry.acme.example/debian/with-aws-cli-inside')],
    [step('start', 'registry.acme.example/kdb:4.1')],
    [step('start', '')],
  ])('nothing is said of %o', (one) => {
    expect(found(one)).toMatchObject({ code: 'images.nothing-missing', verdict: 'pass' });
  });
});

describe('the convention', () => {
  const kept = { fetch: 'f', readsScript: true, readsArguments: true, istio: false };
  const code = (convention: Workload['convention'], next: object) =>
    conventionCheck(workload({ convention }), [], { commandLineArguments: [], ...next }).code;
  const ARGUMENTS = { commandLineArguments: [{ key: 's', value: '4' }] };

  test('what nothing reads is named, where there is any', () => {
    const deaf = { ...kept, readsScript: false, readsArguments: false };
    expect(code(deaf, { initializationScript: 'init.q' })).toBe('convention.no-script');
    expect(code(deaf, ARGUMENTS)).toBe('convention.no-arguments');
    expect(code({ readsScript: true, istio: false }, {})).toBe('convention.missing');
    expect(code({ ...kept, istio: true }, {})).toBe('convention.istio');
  });

  test('nothing is said where it is kept, or where there is nothing to read', () => {
    expect(code(kept, { initializationScript: 'init.q', ...ARGUMENTS })).toBe('convention.kept');
    expect(code({ ...kept, readsScript: false, readsArguments: false }, {})).toBe('convention.kept');
  });

  const onNode = pod({ credentials: 'node' });
  const annotations = { [ANNOTATION.uri]: 's3://acme/code.zip' };
  test.each<[string, readonly WorkloadPod[], string]>([
    ['the role of their node alone', [onNode, pod()], 'convention.node-role'],
    [
      'nothing fetched so far',
      [pod({ ...onNode, proof: { exitCode: 0, message: 'none' } })],
      'convention.node-role',
    ],
    [
      'failed',
      [pod({ ...onNode, annotations, proof: { exitCode: 16, message: '' } })],
      'convention.node-role',
    ],
    [
      'fetched all the same',
      [onNode, pod({ ...onNode, annotations, proof: { exitCode: 0, message: '' } })],
      'convention.kept',
    ],
    ['a role of their own, which the oldest lacks', [onNode, pod({ credentials: 'own' })], 'convention.kept'],
    ['nothing that fetches', [pod()], 'convention.kept'],
    ['no pods', [], 'convention.kept'],
  ])('pods with %s', (_, pods, expected) => {
    const found = conventionCheck(workload({ convention: kept }), pods, { commandLineArguments: [] });
    expect(found.code).toBe(expected);
  });
});
