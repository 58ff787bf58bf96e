// A kdb cluster as the save benchmark asks it: by the bare SDK.
import {
  FinspaceClient,
  GetKxClusterCommand,
  UpdateKxClusterCodeConfigurationCommand,
} from '@aws-sdk/client-finspace';
import { keeping } from './keeping.mjs';

/** @param {readonly string[]} path Environment and cluster. */
const named = ([environmentId, clusterName]) => ({ environmentId, clusterName });

/** @type {import('./service.mjs').Service} */
export const kdb = {
  folder: (path) => path.join('/'),
  isUpdate: (path, { method, path: asked }) => {
    const { environmentId, clusterName } = named(path);
    const at = `/kx/environments/${environmentId}/clusters/${clusterName}/configuration/code`;
    return method === 'PUT' && asked === at;
  },
  async open({ url, region, credentials }) {
    const finspace = keeping(new FinspaceClient({ endpoint: url, region, credentials }));
    const read = (/** @type {readonly string[]} */ path) =>
      finspace.send(new GetKxClusterCommand(named(path)));
    return {
      async code(path) {
        const { code } = await read(path);
        return { bucket: code?.s3Bucket, key: code?.s3Key };
      },
      async update(path, { bucket, key, version }) {
        await read(path);
        await finspace.send(
          new UpdateKxClusterCodeConfigurationCommand({
            ...named(path),
            code: { s3Bucket: bucket, s3Key: key, ...(version && { s3ObjectVersion: version }) },
            deploymentConfiguration: { deploymentStrategy: 'NO_RESTART' },
          }),
        );
      },
      close: () => finspace.destroy(),
    };
  },
};
