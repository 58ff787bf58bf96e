/** Objects as an API server shows them. */

let made = 0;

function metadata(name: string, more: object): object {
  made += 1;
  return {
    name,
    uid: `00000000-0000-4000-8000-${String(made).padStart(12, '0')}`,
    resourceVersion: String(made),
    creationTimestamp: '2026-11-01T10:00:00Z',
    managedFields: [{ manager: 'kubelet', operation: 'Update', fieldsV1: { 'f:status': {} } }],
    ...more,
  };
}

export interface Parts {
  readonly metadata?: object;
  readonly spec?: object;
  readonly status?: object;
}

export function node(name: string, parts: Parts = {}): object {
  return {
    metadata: metadata(name, { labels: { 'eks.amazonaws.com/nodegroup': 'workers' }, ...parts.metadata }),
    spec: { providerID: `aws:///eu-west-1a/i-0123456789abcdef0`, ...parts.spec },
    status: {
      nodeInfo: { kubeletVersion: 'v1.33.1-eks-1234abc' },
      conditions: [{ type: 'Ready', status: 'True' }],
      ...parts.status,
    },
  };
}

export function pod(name: string, parts: Parts = {}): object {
  return {
    metadata: metadata(name, { namespace: 'kdb', labels: { app: 'hdb' }, ...parts.metadata }),
    spec: {
      nodeName: 'node-a',
      containers: [{ name: 'q', env: [{ name: 'PASSWORD', value: 'of-nobodys-business' }] }],
      ...parts.spec,
    },
    status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }], ...parts.status },
  };
}

export function budget(name: string, parts: Parts = {}): object {
  return {
    metadata: metadata(name, { namespace: 'kdb', generation: 1, ...parts.metadata }),
    spec: { selector: { matchLabels: { app: 'hdb' } }, minAvailable: 3, ...parts.spec },
    status: {
      observedGeneration: 1,
      disruptionsAllowed: 0,
      currentHealthy: 3,
      desiredHealthy: 3,
      expectedPods: 3,
      ...parts.status,
    },
  };
}

export function claim(name: string, accessModes: readonly string[] = ['ReadWriteOnce']): object {
  return { metadata: metadata(name, { namespace: 'kdb' }), spec: { accessModes }, status: { accessModes } };
}

export function listOf(
  items: readonly object[],
  more: {
    readonly resourceVersion?: string;
    readonly continue?: string;
    readonly remainingItemCount?: number;
  } = {},
): object {
  return { kind: 'List', apiVersion: 'v1', metadata: { resourceVersion: '100', ...more }, items };
}

export function workload(name: string, parts: Parts & { readonly annotations?: object } = {}): object {
  return {
    metadata: metadata(name, { namespace: 'kdb', generation: 3, ...parts.metadata }),
    spec: {
      template: { metadata: { annotations: { 'checksum/config': 'of others', ...parts.annotations } } },
      ...parts.spec,
    },
    ...(parts.status && { status: parts.status }),
  };
}
