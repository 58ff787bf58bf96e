/**
 * EKS's change to pods whose service account names a role: their containers get variables with the role's
 * ARN and the path of the role's token.
 */
import { present } from '../../present';
import type { Container, PodSpec } from '../kinds';
import type { NewObject } from '../kube-object';
import type { ObjectStore } from '../object-store';

/** https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html */
const ROLE = 'eks.amazonaws.com/role-arn';
const TOKENS = '/var/run/secrets/eks.amazonaws.com/serviceaccount';

/**
 * Adds the variables of the service account's role to the containers of a new pod, as EKS's webhook does. A
 * pod that is older than the service account's annotation gets no role. Unlike the webhook, this function
 * adds no volume for the token, since nothing in the sandbox reads the token.
 * @see https://github.com/aws/amazon-eks-pod-identity-webhook
 */
export function withRole(store: ObjectStore, pod: NewObject): NewObject {
  const spec = pod.spec as PodSpec | undefined;
  const account = spec?.['serviceAccountName'];
  if (spec === undefined || typeof account !== 'string') return pod;
  const role = store.get('serviceaccounts', pod.metadata.namespace, account)?.metadata.annotations?.[ROLE];
  if (role === undefined) return pod;
  const given = (one: Container): Container => ({
    ...one,
    env: [
      ...(one.env ?? []),
      { name: 'AWS_ROLE_ARN', value: role },
      { name: 'AWS_WEB_IDENTITY_TOKEN_FILE', value: `${TOKENS}/token` },
    ],
  });
  return {
    ...pod,
    spec: {
      ...spec,
      ...present({ initContainers: spec.initContainers?.map(given) }),
      containers: spec.containers.map(given),
    },
  };
}
