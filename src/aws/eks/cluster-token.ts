/**
 * Bearer tokens for the Kubernetes APIs of EKS clusters. A token contains the URL of a GetCallerIdentity
 * request to AWS STS, signed with the connection's keys but not sent. The cluster's authenticator sends the
 * request, and the answer names the owner of the keys.
 * @see https://github.com/kubernetes-sigs/aws-iam-authenticator#api-authorization-from-outside-a-cluster
 */
import { partition } from '@aws-sdk/core/client';
import { Hash } from '@smithy/core/serde';
import { SignatureV4 } from '@smithy/signature-v4';
import type { ClusterTokens } from '../../kubernetes/ports';
import { failed } from '../../model/failure';
import type { Adapter } from '../adapter';
import type { AwsKeys, ClientSettings } from '../client-config';

const PREFIX = 'k8s-aws-v1.';
/**
 * The lifetime in the signed URL; every version of the authenticator accepts this value. It has no effect: a
 * token is valid for a quarter of an hour after the signing.
 */
const EXPIRES_SECONDS = 60;
const CLUSTER_HEADER = 'x-k8s-aws-id';

export function openClusterTokens({
  region,
  credentials,
}: Pick<ClientSettings, 'region' | 'credentials'>): Adapter<ClusterTokens> {
  return {
    close: () => undefined,
    port: (call) => ({
      async sign(cluster, at, signal) {
        const keys = await call
          .authenticate(signal)
          .then(() => credentials(signal))
          .catch((thrown) => {
            throw signal.aborted ? failed({ kind: 'cancelled' }, thrown) : thrown;
          });
        return clusterToken({ cluster, region, at, keys });
      },
    }),
  };
}

/**
 * A token for one cluster. The authenticator refuses hosts that are not on its list, so the URL always names AWS's own
 * host of the region, whatever endpoint of STS is configured.
 */
async function clusterToken({
  cluster,
  region,
  at,
  keys,
}: {
  readonly cluster: string;
  readonly region: string;
  readonly at: number;
  readonly keys: AwsKeys;
}): Promise<string> {
  const hostname = `sts.${region}.${partition(region).dnsSuffix}`;
  const signer = new SignatureV4({
    region,
    service: 'sts',
    credentials: keys,
    sha256: Hash.bind(null, 'sha256'),
  });
  const { query = {} } = await signer.presign(
    {
      method: 'GET',
      protocol: 'https:',
      hostname,
      path: '/',
      query: { Action: 'GetCallerIdentity', Version: '2011-06-15' },
      headers: { host: hostname, [CLUSTER_HEADER]: cluster },
    },
    { expiresIn: EXPIRES_SECONDS, signingDate: new Date(at) },
  );
  const url = new URL(`https://${hostname}/`);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
  return PREFIX + Buffer.from(url.href).toString('base64url');
}
