/** A bare StatefulSet of the sandbox becomes one that takes code by what the snippet holds, and proves it. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import {
  CreateBucketCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { workloadSnippet } from '../../../../src/deploy/kubernetes/snippet/snippet';
import { zipOf } from '../../../../src/sandbox/seed/zip';
import { snippetText } from '../../../../src/view/messages/workload-snippet';
import { type KubernetesApi, kubernetesApi } from '../../../sandbox/kubernetes/api';
import { kubectlProgram } from '../../../sandbox/kubernetes/kubectl-program';
import { made } from '../../../sandbox/kubernetes/made';
import { startTestSandbox, type TestSandbox } from '../../../sandbox/start';
import { KDB } from './example';

const ZIP = zipOf({ 'init.q': 'x:1\n' });
const DIGEST = createHash('sha256').update(ZIP).digest('hex');
const APPS = `/apis/apps/v1/namespaces/${KDB.namespace}/statefulsets`;
const kubectl = await kubectlProgram();

/** As a user had it before: q of an image, with a port and a volume of its own. */
const BARE = {
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: { name: KDB.workload },
  spec: {
    replicas: 2,
    serviceName: KDB.workload,
    selector: { matchLabels: { app: 'hdb' } },
    template: {
      metadata: { labels: { app: 'hdb' }, annotations: { owner: 'desk' } },
      spec: {
        containers: [
          {
            name: 'hdb',
            image: 'acme/kdb:4.1',
            command: ['q'],
            args: ['-p', '5000'],
            env: [{ name: 'QLIC', value: '/lic' }],
            volumeMounts: [{ name: 'data', mountPath: '/data' }],
          },
        ],
        volumes: [{ name: 'data', emptyDir: {} }],
      },
    },
  },
};

interface Pod {
  readonly metadata: { readonly name: string };
  readonly status: {
    readonly initContainerStatuses?: readonly {
      readonly name: string;
      readonly state: { readonly terminated?: { readonly message?: string } };
      readonly lastState?: { readonly terminated?: { readonly exitCode: number; readonly message?: string } };
    }[];
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
  };
}

describe.each([['by kubectl'], ['by requests alone']] as const)('a snippet that is applied %s', (how) => {
  const missing = how === 'by kubectl' && 'missing' in kubectl ? kubectl.missing : undefined;
  let sandbox: TestSandbox;
  let api: KubernetesApi;
  let version: string;

  beforeAll(async () => {
    sandbox = await startTestSandbox({ kubeconfig: true, scale: 600 });
    const s3 = new S3Client({ ...sandbox.client, forcePathStyle: true });
    const { bucket: Bucket } = KDB;
    await s3.send(new CreateBucketCommand({ Bucket }));
    const VersioningConfiguration = { Status: 'Enabled' } as const;
    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
    version =
      (await s3.send(new PutObjectCommand({ Bucket, Key: 'hdb/code.zip', Body: ZIP }))).VersionId ?? '';
  });
  afterAll(() => sandbox.stop());
  beforeEach(async () => {
    api = await kubernetesApi(sandbox);
  });

  async function apply(): Promise<void> {
    if (how === 'by kubectl') return applyByKubectl();
    const places = [
      `/api/v1/namespaces/${KDB.namespace}/configmaps`,
      `/api/v1/namespaces/${KDB.namespace}/serviceaccounts`,
      APPS,
    ];
    for (const [index, document] of parseAllDocuments(snippetText(workloadSnippet(KDB))).entries()) {
      const object = document.toJSON() as { readonly metadata: { readonly name: string } };
      const { status, json } = await api.send(
        'PATCH',
        `${places[index]}/${object.metadata.name}?fieldManager=slipway-snippet&force=true&fieldValidation=Strict`,
        object,
        { type: 'application/apply-patch+yaml' },
      );
      expect([index, status < 300 ? 'applied' : json.message]).toEqual([index, 'applied']);
    }
  }

  /** The very command that the snippet names, run where its file lies. */
  async function applyByKubectl(): Promise<void> {
    if ('missing' in kubectl) throw new Error(kubectl.missing);
    const { file } = workloadSnippet(KDB);
    const text = snippetText(workloadSnippet(KDB));
    const folder = dirname(sandbox.file);
    await writeFile(join(folder, file), text);
    const command = /^# +(kubectl .*)$/m.exec(text)?.[1] ?? '';
    const { kubeconfig } = JSON.parse(await readFile(sandbox.file, 'utf8')) as {
      readonly kubeconfig: string;
    };
    const env = { KUBECONFIG: kubeconfig, HOME: folder, NO_PROXY: '127.0.0.1', PATH: process.env['PATH'] };
    await promisify(execFile)('sh', ['-c', command.replace(/^kubectl/, `'${kubectl.path}'`)], {
      cwd: folder,
      env,
    });
    await rm(join(folder, file));
  }

  /** What a deployment does, by hand. */
  async function annotate(annotations: Readonly<Record<string, string>>): Promise<void> {
    const patch = { spec: { template: { metadata: { annotations } } } };
    const { status } = await api.send('PATCH', `${APPS}/${KDB.workload}`, patch, {
      type: 'application/merge-patch+json',
    });
    expect(status).toBe(200);
  }

  async function pods(): Promise<readonly Pod[]> {
    const { json } = await api.get(`/api/v1/namespaces/${KDB.namespace}/pods?labelSelector=app%3Dhdb`);
    return json.items as unknown as readonly Pod[];
  }
  const isReady = ({ status }: Pod): boolean =>
    status.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True') ?? false;
  const provedBy = (all: readonly Pod[]): unknown =>
    all.map((pod) => [isReady(pod), pod.status.initContainerStatuses?.[0]?.state.terminated?.message]);

  const runs = it.skipIf(missing !== undefined);
  const suffix = missing === undefined ? '' : ` (skipped: ${missing})`;

  runs(`makes a bare StatefulSet take code and prove it${suffix}`, async () => {
    await made(api, '/api/v1/namespaces', { metadata: { name: KDB.namespace } });
    await made(api, APPS, BARE);
    await expect.poll(async () => (await pods()).filter(isReady).length).toBe(2);

    await apply();
    await expect
      .poll(async () => provedBy(await pods()))
      .toEqual([
        [true, 'none'],
        [true, 'none'],
      ]);
    const { spec } = (await api.get(`${APPS}/${KDB.workload}`)).json as unknown as typeof BARE;
    expect(spec.template).toMatchObject({
      metadata: { annotations: { owner: 'desk' } },
      spec: {
        serviceAccountName: 'hdb',
        containers: [
          {
            image: 'acme/kdb:4.1',
            command: ['/bin/sh', '/opt/slipway/start.sh', 'q', '--'],
            args: ['-p', '5000'],
            env: expect.arrayContaining([{ name: 'QLIC', value: '/lic' }]),
            volumeMounts: expect.arrayContaining([{ name: 'data', mountPath: '/data' }]),
          },
        ],
        volumes: expect.arrayContaining([{ name: 'data', emptyDir: {} }]),
      },
    });

    const code = {
      'slipway.dev/code-uri': `s3://${KDB.bucket}/hdb/code.zip`,
      'slipway.dev/code-version': version,
      'slipway.dev/code-digest': DIGEST,
      'slipway.dev/init-script': 'init.q',
    };
    await annotate(code);
    await expect
      .poll(async () => provedBy(await pods()))
      .toEqual([
        [true, DIGEST],
        [true, DIGEST],
      ]);
    const [pod] = await pods();
    const log = await api.get(
      `/api/v1/namespaces/${KDB.namespace}/pods/${pod?.metadata.name}/log?container=hdb`,
    );
    expect(log.text).toContain('/opt/kx/app/code/init.q');

    await annotate({ ...code, 'slipway.dev/code-uri': 's3://other/hdb/code.zip' });
    await expect
      .poll(async () =>
        (await pods()).flatMap((one) => one.status.initContainerStatuses?.[0]?.lastState?.terminated ?? []),
      )
      .toEqual([
        expect.objectContaining({
          exitCode: 11,
          message: `error: slipway.dev/code-uri is not below s3://${KDB.bucket}/hdb/: s3://other/hdb/code.zip`,
        }),
      ]);
  });

  runs(`changes nothing when it is applied again${suffix}`, async () => {
    const before = (await api.get(`${APPS}/${KDB.workload}`)).json.metadata.generation;
    await apply();
    expect((await api.get(`${APPS}/${KDB.workload}`)).json.metadata.generation).toBe(before);
  });
});
