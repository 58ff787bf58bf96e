/** The real kubectl and Helm beside Slipway: they agree on each end, and what they change is told as theirs. */
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DeploymentPlan } from '../../../src/deploy/plan/plan';
import { type ApiObject, type KubernetesApi, kubernetesApi } from '../../sandbox/kubernetes/api';
import { helmProgram, kubectlProgram, runOn } from '../../sandbox/kubernetes/kubectl-program';
import { startTestSandbox, type TestSandbox } from '../../sandbox/start';
import { openShop, Q_CODE, type Shop } from '../shop';
import { apiPath, GW, inputFor, RDB, TRADING } from './workloads';

const [kubectlJudge, helmJudge] = await Promise.all([kubectlProgram(), helmProgram()]);
const titled = (name: string, judge: typeof kubectlJudge): string =>
  'missing' in judge ? `${name} (skipped: ${judge.missing})` : name;
const CONTEXT = 'arn:aws:eks:us-east-1:111122223333:cluster/trading-prod';

let sandbox: TestSandbox;
let shop: Shop;
let api: KubernetesApi;
beforeAll(async () => {
  sandbox = await startTestSandbox({ kubeconfig: true });
  shop = await openShop(sandbox);
  api = await kubernetesApi(shop.sandbox, TRADING);
});
afterAll(async () => {
  await shop.close();
  await sandbox.stop();
});

const found = ({ checks }: DeploymentPlan, id: string) => checks.find((check) => check.id === id);
const annotationsIn = ({ spec }: ApiObject) =>
  (spec as { readonly template: { readonly metadata: { readonly annotations?: Record<string, string> } } })
    .template.metadata.annotations;

async function deploy(path: readonly string[], version: string) {
  await shop.write({ ...Q_CODE, 'version.q': `${version}\n` });
  const { id, failure } = await shop.deploy(inputFor(shop, path));
  expect(failure).toBeUndefined();
  return id;
}

describe.skipIf('missing' in kubectlJudge)(titled('kubectl', kubectlJudge), () => {
  const kubectl = (...args: readonly string[]): Promise<string> =>
    runOn(kubectlJudge, shop.sandbox, ['--context', CONTEXT, '-n', 'tick', ...args]);

  test.each([
    ['statefulset/rdb', RDB],
    ['deployment/gw', GW],
  ])('%s: agrees that it goes on, and that it is done', async (name, path) => {
    const id = await deploy(path, `${name} 1`);
    expect(await kubectl('rollout', 'status', name, '--watch=false')).toMatch(/^Waiting/);
    expect((await shop.follow(id)).state).toBe('succeeded');
    expect(await kubectl('rollout', 'status', name, '--timeout=20s')).toMatch(
      /successfully rolled out|roll out complete/,
    );
    const before = annotationsIn((await api.get(apiPath(path))).json);

    await shop.follow(await deploy(path, `${name} 2`));
    const history = await kubectl('rollout', 'history', name);
    expect(history.match(/^\d+ /gm)?.length).toBeGreaterThanOrEqual(2);
    const revision = Number(history.match(/^\d+/gm)?.at(-2));
    expect(await kubectl('rollout', 'history', name, `--revision=${revision}`)).toContain(
      before?.['slipway.dev/code-digest'],
    );

    expect(await kubectl('rollout', 'undo', name)).toContain('rolled back');
    expect(annotationsIn((await api.get(apiPath(path))).json)).toEqual(before);
    await shop.sandbox.control.advance(10 * 60_000);
    await shop.write({ 'version.q': `${name} 3\n` });
    const plan = await shop.plan(inputFor(shop, path));
    expect(found(plan, 'owners')).toMatchObject({
      code: 'owners.others',
      verdict: 'confirm',
      facts: { managers: [expect.stringContaining('kubectl')] },
    });
  });

  test('an undo while a deployment is followed is told as the change of kubectl', async () => {
    await shop.write({ ...Q_CODE, 'version.q': 'rdb 4\n' });
    const plan = await shop.plan(inputFor(shop, RDB));
    // Where kubectl has undone something before, it owns the annotations, and that is asked about.
    const passed = plan.confirmations.map(({ check }) => check);
    const { id, failure } = await shop.apply({ ...plan, passed });
    expect(failure).toBeUndefined();
    await kubectl('rollout', 'undo', 'statefulset/rdb');
    const { state, outcome } = await shop.follow(id);
    expect([state, outcome?.failure]).toMatchObject([
      'failed',
      { code: 'changed-back', facts: { managers: [expect.stringContaining('kubectl')] } },
    ]);
  });
});

describe.skipIf('missing' in helmJudge)(titled('a chart of Helm 4', helmJudge), () => {
  const NAME = 'charted';
  const PATH = [TRADING, 'tick', `deployment/${NAME}`];

  async function chart(replicas: number): Promise<string> {
    const folder = await mkdtemp(`${process.env['HOME']}/chart-`);
    await mkdir(join(folder, 'templates'));
    await writeFile(join(folder, 'Chart.yaml'), `apiVersion: v2\nname: ${NAME}\nversion: 1.0.${replicas}\n`);
    const fieldRef = (name: string) => ({
      fieldRef: { fieldPath: `metadata.annotations['slipway.dev/${name}']` },
    });
    const deployment = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: NAME },
      spec: {
        replicas,
        selector: { matchLabels: { app: NAME } },
        template: {
          metadata: { labels: { app: NAME }, annotations: { 'checksum/config': 'of-the-chart' } },
          spec: {
            initContainers: [
              { name: 'fetch', image: 'i', env: [{ name: 'U', valueFrom: fieldRef('code-uri') }] },
            ],
            containers: [{ name: 'q', image: 'kdb:4.1' }],
          },
        },
      },
    };
    await writeFile(join(folder, 'templates/workload.json'), JSON.stringify(deployment));
    return folder;
  }

  /**
   * What Helm renders, applied as Helm 4 does: by the API server, as the manager `helm`, without force. kubectl sends it:
   * Helm would write its release as protobuf first, which the sandbox does not take.
   */
  async function install(replicas: number): Promise<void> {
    const folder = await chart(replicas);
    const rendered = await runOn(helmJudge, shop.sandbox, ['template', NAME, folder, '-n', 'tick']);
    const file = join(folder, 'rendered.yaml');
    await writeFile(file, rendered);
    const as = ['--context', CONTEXT, '-n', 'tick', 'apply', '--server-side', '--field-manager=helm'];
    expect(await runOn(kubectlJudge, shop.sandbox, [...as, '-f', file])).toContain('serverside-applied');
  }

  /** All but what counts and times the writes. */
  const others = ({ metadata, spec }: ApiObject) => {
    const {
      resourceVersion: _,
      managedFields: __,
      generation: ___,
      ...named
    } = metadata as never as Record<string, unknown>;
    return { metadata: named, spec };
  };

  test('its server-side apply of the same chart leaves what Slipway wrote, and Slipway what the chart says', async () => {
    await install(2);
    const charted = (await api.get(apiPath(PATH))).json;
    await shop.follow(await deploy(PATH, 'charted'));
    const deployed = (await api.get(apiPath(PATH))).json;
    const annotations = annotationsIn(deployed);
    expect(annotations).toMatchObject({
      'checksum/config': 'of-the-chart',
      'slipway.dev/code-uri': expect.any(String),
    });
    // Without force: it would fail where it contested a field.
    await install(2);
    const again = (await api.get(apiPath(PATH))).json;
    expect(others(again)).toMatchObject({ spec: others(deployed).spec });
    await install(3);
    const scaled = (await api.get(apiPath(PATH))).json;
    expect(annotationsIn(scaled)).toEqual(annotations);
    expect(scaled.spec).toMatchObject({ replicas: 3 });
    expect((charted.spec as { replicas: number }).replicas).toBe(2);
    const managers = scaled.metadata.managedFields?.map(
      ({ manager, operation }) => `${manager} ${operation}`,
    );
    expect(managers).toEqual(expect.arrayContaining(['helm Apply', 'slipway Apply']));
  });
});
