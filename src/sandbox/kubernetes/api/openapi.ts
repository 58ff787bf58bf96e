/**
 * The OpenAPI documents of the sandbox's clusters. They contain only the part that kubectl reads before it
 * writes: the query parameters of each resource's PATCH, such as `fieldValidation`, which show that the server
 * itself checks fields (https://kubernetes.io/docs/concepts/overview/kubernetes-api/#openapi-v3). They do
 * not describe the fields.
 */
import type { JsonObject } from '../../protocols/operation';
import { apiVersionOf, RESOURCES, type Resource } from '../resources';

const PREFIX = '/openapi/v3';

/** @returns undefined if there is no OpenAPI document at the path */
export function openapi(path: string): JsonObject | undefined {
  const versions = [...new Set(RESOURCES.map(apiVersionOf))];
  if (path === PREFIX) {
    const documents = versions.map((version) => [
      rootOf(version),
      { serverRelativeURL: `${PREFIX}/${rootOf(version)}` },
    ]);
    return { paths: Object.fromEntries(documents) };
  }
  const version = versions.find((one) => path === `${PREFIX}/${rootOf(one)}`);
  return version === undefined ? undefined : documentOf(version);
}

/** The path of a group version, such as `api/v1` or `apis/apps/v1`. */
function rootOf(apiVersion: string): string {
  return apiVersion.includes('/') ? `apis/${apiVersion}` : `api/${apiVersion}`;
}

function documentOf(apiVersion: string): JsonObject {
  const resources = RESOURCES.filter((resource) => apiVersionOf(resource) === apiVersion);
  return {
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: 'unversioned' },
    paths: Object.fromEntries(resources.map((resource) => [pathOf(resource), { patch: patchOf(resource) }])),
    components: { schemas: {} },
  };
}

function pathOf(resource: Resource): string {
  const place = resource.namespaced ? 'namespaces/{namespace}/' : '';
  return `/${rootOf(apiVersionOf(resource))}/${place}${resource.plural}/{name}`;
}

function patchOf({ group, version, kind }: Resource): JsonObject {
  return {
    operationId: `patch${kind}`,
    parameters: ['dryRun', 'fieldManager', 'fieldValidation', 'force'].map((name) => ({ name, in: 'query' })),
    responses: { '200': { description: 'OK' } },
    'x-kubernetes-action': 'patch',
    'x-kubernetes-group-version-kind': { group, version, kind },
  };
}
