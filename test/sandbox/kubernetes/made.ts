/** Objects that tests put into a cluster of the sandbox by its own API, in a namespace of their own. */
import { expect } from 'vitest';
import type { ApiObject, KubernetesApi } from './api';

export const NAMESPACE = 'judged';
export const CONFIG_MAPS = `/api/v1/namespaces/${NAMESPACE}/configmaps`;
export const PODS = `/api/v1/namespaces/${NAMESPACE}/pods`;
export const DEPLOYMENTS = `/apis/apps/v1/namespaces/${NAMESPACE}/deployments`;

/** @throws where the API does not make it. */
export async function made(api: KubernetesApi, path: string, object: unknown): Promise<ApiObject> {
  const { status, json } = await api.send('POST', path, object);
  expect([status, json.reason]).toEqual([201, (object as { readonly reason?: string }).reason]);
  return json;
}

export async function madeNamespace(api: KubernetesApi): Promise<void> {
  await made(api, '/api/v1/namespaces', { metadata: { name: NAMESPACE } });
}

export function configMap(name: string, labels: Readonly<Record<string, string>> = {}, data = {}): unknown {
  return { metadata: { name, labels }, data };
}

/** Paused and without replicas, so that no controller has anything to do with it. */
export function deployment(name: string, annotations: Readonly<Record<string, string>> = {}): unknown {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: {
      replicas: 0,
      paused: true,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name }, annotations },
        spec: { containers: [{ name: 'q', image: 'kdb:1', env: [{ name: 'A', value: '1' }] }] },
      },
    },
  };
}
