/** Whose credentials a pod fetches its code with, as far as its spec shows that. */
import { expect, test } from 'vitest';
import { credentialsIn } from '../../src/kubernetes/answers/convention';

const URI = {
  name: 'SLIPWAY_CODE_URI',
  valueFrom: { fieldRef: { fieldPath: "metadata.annotations['slipway.dev/code-uri']" } },
};
const fetching = (...names: readonly string[]) => ({
  name: 'slipway-fetch',
  env: [URI, ...names.map((name) => ({ name }))],
});

test.each<[string, Parameters<typeof credentialsIn>[0], string | undefined]>([
  ['nothing', { initContainers: [fetching('AWS_REGION', 'AWS_ROLE_ARN')] }, 'node'],
  ['IRSA', { initContainers: [fetching('AWS_WEB_IDENTITY_TOKEN_FILE')] }, 'own'],
  ['Pod Identity', { initContainers: [fetching('AWS_CONTAINER_CREDENTIALS_FULL_URI')] }, 'own'],
  ['keys', { initContainers: [fetching('AWS_ACCESS_KEY_ID')] }, 'own'],
  ['what a Secret may hold', { initContainers: [{ ...fetching(), envFrom: [{}] }] }, 'own'],
  ["its node's network", { hostNetwork: true, initContainers: [fetching()] }, 'own'],
  [
    'a role in another container alone',
    { initContainers: [{ ...fetching('AWS_WEB_IDENTITY_TOKEN_FILE'), env: [] }, fetching()] },
    'node',
  ],
  ['no such container', { containers: [fetching()] }, undefined],
  ['no spec', undefined, undefined],
])('with %s', (_, spec, expected) => {
  expect(credentialsIn(spec)).toBe(expected);
});
