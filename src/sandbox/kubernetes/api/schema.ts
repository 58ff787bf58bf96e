/**
 * How Kubernetes merges each field that is a list or a map, by the field's name. Kubernetes declares this in
 * its types.
 */

/**
 * The member that identifies the items of a list, by the list's name. Strategic merges and the ownership of
 * fields depend on this member:
 * https://kubernetes.io/docs/reference/using-api/server-side-apply/#merge-strategy
 */
const KEYS: Readonly<Record<string, string>> = {
  addresses: 'type',
  conditions: 'type',
  containers: 'name',
  env: 'name',
  ephemeralContainers: 'name',
  hostAliases: 'ip',
  imagePullSecrets: 'name',
  initContainers: 'name',
  ownerReferences: 'uid',
  resourceClaims: 'name',
  secrets: 'name',
  topologySpreadConstraints: 'topologyKey',
  volumeDevices: 'devicePath',
  volumeMounts: 'mountPath',
  volumes: 'name',
};

/** Lists of texts that count as sets. */
const SETS = new Set(['finalizers']);

/** Maps that managers own only as a whole, not member by member. */
const ATOMIC = new Set([
  ...['selector', 'nodeSelector', 'fieldRef', 'configMapKeyRef', 'secretKeyRef', 'resourceFieldRef'],
  ...['podSelector', 'namespaceSelector', 'labelSelector'],
]);

/**
 * @param parent name of the field whose value contains `field`: the `ports` of a container and of a service
 * have different keys
 */
export function mergeKeyOf(field: string, parent: string | undefined): string | undefined {
  if (field === 'ports') return parent === 'spec' ? 'port' : 'containerPort';
  return KEYS[field];
}

export function isSet(field: string): boolean {
  return SETS.has(field);
}

export function isAtomic(field: string): boolean {
  return ATOMIC.has(field);
}
