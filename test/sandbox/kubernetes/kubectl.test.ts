/** The sandbox's clusters as kubectl sees them: the real program, given nothing but the KUBECONFIG that is printed. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestSandbox, type TestSandbox } from '../start';
import { type KubernetesApi, kubernetesApi } from './api';
import { kubectlProgram, runOn } from './kubectl-program';
import { DEPLOYMENTS, deployment, made, madeNamespace, NAMESPACE } from './made';

const program = await kubectlProgram();
const title = 'kubectl';
const name = 'missing' in program ? `${title} (skipped: ${program.missing})` : title;

describe.skipIf('missing' in program)(name, () => {
  let sandbox: TestSandbox;
  let api: KubernetesApi;

  beforeAll(async () => {
    sandbox = await startTestSandbox({ kubeconfig: true, scale: 600 });
    api = await kubernetesApi(sandbox);
    await madeNamespace(api);
  });
  afterAll(() => sandbox.stop());

  const kubectl = (...args: readonly string[]): Promise<string> =>
    runOn(program, sandbox, [
      '--context',
      'arn:aws:eks:us-east-1:111122223333:cluster/trading-prod',
      ...args,
    ]);

  it('reads nodes, pods, budgets, logs and what it may do', async () => {
    expect(await kubectl('get', 'nodes')).toMatch(/^NAME .*\nip-10-/);
    const all = await kubectl('get', 'pods,pdb', '-A');
    expect(all).toMatch(/\npod\/|pod\/\S+/);
    expect(all).toContain('poddisruptionbudget.policy/');
    const [pod] = (await api.get('/api/v1/namespaces/tick/pods')).json.items;
    expect(
      await kubectl('-n', 'tick', 'logs', pod?.metadata.name ?? '', '--all-containers', '--tail=3'),
    ).not.toBe('');
    expect(await kubectl('auth', 'can-i', 'list', 'nodes')).toMatch(/^yes/m);
    expect(await kubectl('auth', 'whoami')).toContain('system:masters');
  });

  it('drains a node in a dry run', async () => {
    const [node] = (await api.get('/api/v1/nodes')).json.items;
    const flags = [
      '--dry-run=server',
      '--ignore-daemonsets',
      '--delete-emptydir-data',
      '--force',
      '--timeout=20s',
    ];
    const printed = await kubectl('drain', node?.metadata.name ?? '', ...flags);
    expect(printed).toMatch(/drained \(server dry run\)/);
    expect((await api.get(`/api/v1/nodes/${node?.metadata.name}`)).json.spec).not.toHaveProperty(
      'unschedulable',
    );
  });

  it('applies on both sides, patches, scales, rolls out and takes back', async () => {
    const body = deployment('gw') as { readonly spec: object };
    const live = {
      ...body,
      metadata: { name: 'gw', namespace: NAMESPACE },
      spec: { ...body.spec, paused: false },
    };
    await made(api, DEPLOYMENTS, live);
    const on = ['-n', NAMESPACE];
    expect(await kubectl(...on, 'patch', 'deploy', 'gw', '-p', '{"spec":{"minReadySeconds":1}}')).toContain(
      'patched',
    );
    expect(await kubectl(...on, 'set', 'env', 'deploy/gw', 'CODE=2')).toContain('env updated');
    expect(await kubectl(...on, 'rollout', 'status', 'deploy/gw', '--timeout=30s')).toContain(
      'successfully rolled out',
    );
    const env = async () => JSON.stringify((await api.get(`${DEPLOYMENTS}/gw`)).json.spec);
    expect(await env()).toContain('CODE');
    expect(await kubectl(...on, 'rollout', 'history', 'deploy/gw')).toMatch(/\n1 .*\n2 /);
    expect(await kubectl(...on, 'rollout', 'undo', 'deploy/gw')).toContain('rolled back');
    expect(await env()).not.toContain('CODE');
    expect(await kubectl(...on, 'scale', 'deploy/gw', '--replicas=1')).toContain('scaled');
    expect(await kubectl(...on, 'rollout', 'status', 'deploy/gw', '--timeout=60s')).toContain('successfully');
    expect(await kubectl(...on, 'delete', 'deploy', 'gw')).toContain('deleted');
  });

  it('applies a file, from the client and from the server', async () => {
    if ('missing' in program) throw new Error(program.missing);
    const { writeFile, mkdtemp } = await import('node:fs/promises');
    const folder = await mkdtemp(`${process.env['HOME']}/apply-`);
    const file = `${folder}/deployment.json`;
    const body = deployment('filed') as object;
    await writeFile(file, JSON.stringify({ ...body, metadata: { name: 'filed', namespace: NAMESPACE } }));
    expect(await kubectl('apply', '-f', file)).toContain('created');
    expect(await kubectl('apply', '-f', file)).toMatch(/unchanged|configured/);
    expect(await kubectl('apply', '--server-side', '--field-manager=judge', '-f', file)).toContain(
      'serverside-applied',
    );
    const { json } = await api.get(`${DEPLOYMENTS}/filed`);
    expect(json.metadata.managedFields?.map(({ manager, operation }) => `${manager} ${operation}`)).toEqual(
      expect.arrayContaining(['kubectl-client-side-apply Update', 'judge Apply']),
    );
  });
});
