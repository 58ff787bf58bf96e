// A workload on Kubernetes as the save benchmark asks it: by bare HTTPS requests.
import { once } from 'node:events';
import https from 'node:https';
import { json } from 'node:stream/consumers';
import { DescribeClusterCommand, EKSClient } from '@aws-sdk/client-eks';
import { presignedUrl, tokenOf } from '../../test/sandbox/kubernetes/token.ts';

/** @param {readonly string[]} path EKS cluster, namespace, `statefulset/NAME`. */
function placeOf([cluster = '', namespace = '', workload = '']) {
  const name = workload.slice(workload.indexOf('/') + 1);
  return { cluster, namespace, name, at: `/apis/apps/v1/namespaces/${namespace}/statefulsets/${name}` };
}

/** @type {import('./service.mjs').Service} */
export const workload = {
  folder: (path) => ['kubernetes', ...path].join('/'),
  // The server's own test of it goes before.
  isUpdate: (path, { method, path: asked }) =>
    method === 'PATCH' && asked.startsWith(`${placeOf(path).at}?`) && !asked.includes('dryRun='),
  async open(task) {
    const ask = await openCluster(task, placeOf(task.saved).cluster);
    const read = (/** @type {readonly string[]} */ path) => ask('GET', placeOf(path).at);
    return {
      async code(path) {
        const { spec } = await read(path);
        const uri = spec.template.metadata.annotations?.['slipway.dev/code-uri'];
        const { host: bucket, pathname } = new URL(uri);
        return { bucket, key: pathname.slice(1) };
      },
      async update(path, { bucket, key, version, sha256 }) {
        const { namespace, name, at } = placeOf(path);
        const { metadata } = await read(path);
        const annotations = {
          'slipway.dev/code-uri': `s3://${bucket}/${key}`,
          'slipway.dev/code-version': version,
          'slipway.dev/code-digest': sha256,
          'slipway.dev/arguments': '[]',
        };
        const { uid, resourceVersion } = metadata;
        await ask('PATCH', `${at}?fieldManager=slipway&fieldValidation=Strict&force=true`, {
          apiVersion: 'apps/v1',
          kind: 'StatefulSet',
          metadata: { name, namespace, uid, resourceVersion },
          spec: { template: { metadata: { annotations } } },
        });
      },
      close: () => undefined,
    };
  },
};

/**
 * The token is signed and the cluster described before time begins.
 * @param {import('../save-host.mjs').SaveTask} task @param {string} cluster
 */
async function openCluster({ url, region, credentials }, cluster) {
  const eks = new EKSClient({ endpoint: url, region, credentials });
  const described = await eks.send(new DescribeClusterCommand({ name: cluster }));
  eks.destroy();
  const { endpoint = '', certificateAuthority } = described.cluster ?? {};
  const ca = Buffer.from(certificateAuthority?.data ?? '', 'base64').toString();
  const token = tokenOf(await presignedUrl({ credentials, cluster, region }));
  return async (
    /** @type {string} */ method,
    /** @type {string} */ path,
    /** @type {unknown} */ body = undefined,
  ) => {
    const headers = {
      accept: 'application/json',
      authorization: `Bearer ${token}`,
      // As a save has it: VS Code would have each connection closed after its answer, and another handshake costs more.
      connection: 'keep-alive',
      ...(body !== undefined && { 'content-type': 'application/apply-patch+yaml' }),
    };
    const asked = https.request(new URL(path, endpoint), { method, headers, ca });
    asked.end(body && JSON.stringify(body));
    const [answer] = await once(asked, 'response');
    const said = /** @type {any} */ (await json(answer));
    if (answer.statusCode !== 200) throw new Error(`${method} ${path}: ${answer.statusCode} ${said.message}`);
    return said;
  };
}
