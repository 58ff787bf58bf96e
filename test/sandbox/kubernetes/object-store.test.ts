/** The sandbox's store of Kubernetes objects: numbers of changes, preconditions, deletion, history. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { NewObject } from '../../../src/sandbox/kubernetes/kube-object';
import { type Change, ObjectStore } from '../../../src/sandbox/kubernetes/object-store';
import { type Status, StatusError } from '../../../src/sandbox/kubernetes/status';

const NOON = Date.UTC(2026, 0, 1, 12);

let store: ObjectStore;
let changes: Change[];

beforeEach(() => {
  store = new ObjectStore(() => NOON);
  changes = [];
  store.onChange((change) => changes.push(change));
});

function pod(name: string, spec = {}, metadata = {}): NewObject {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { namespace: 'kdb', ...metadata, name }, spec };
}

function refusal(act: () => unknown): Status {
  try {
    act();
  } catch (error) {
    if (error instanceof StatusError) return error.status;
    throw error;
  }
  throw new Error('It was expected to be refused');
}

it('tells later changes although a listener has failed', () => {
  const stop = store.onChange(() => {
    throw new Error('a listener failed');
  });
  expect(() => store.create('pods', pod('hdb-0'))).toThrow('a listener failed');
  stop();
  store.create('pods', pod('hdb-1'));
  expect(changes.map(({ object }) => object.metadata.name)).toEqual(['hdb-0', 'hdb-1']);
});

describe('creating', () => {
  it('fills in what the API server fills in', () => {
    const { metadata } = store.create('pods', pod('hdb-0'));
    expect(metadata).toEqual({
      name: 'hdb-0',
      namespace: 'kdb',
      uid: expect.stringMatching(/^[0-9a-f-]{36}$/),
      resourceVersion: '1',
      generation: 1,
      creationTimestamp: '2026-01-01T12:00:00Z',
    });
    expect(store.revision).toBe(1);
  });

  it('counts no generation where Kubernetes counts none', () => {
    const { metadata } = store.create('nodes', { apiVersion: 'v1', kind: 'Node', metadata: { name: 'a' } });
    expect(metadata).not.toHaveProperty('generation');
  });

  it('makes a name of a generateName', () => {
    const { metadata } = store.create('pods', {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { namespace: 'kdb', generateName: 'gw-' },
    });
    expect(metadata.name).toMatch(/^gw-[0-9a-f]{5}$/);
  });

  it('refuses a name that is taken', () => {
    store.create('pods', pod('hdb-0'));
    expect(refusal(() => store.create('pods', pod('hdb-0')))).toMatchObject({
      code: 409,
      reason: 'AlreadyExists',
      message: 'pods "hdb-0" already exists',
    });
  });
});

describe('updating', () => {
  it('counts a changed spec in the generation, and a changed status not', () => {
    const made = store.create('pods', pod('hdb-0', { priority: 1 }));
    const phase = store.update('pods', { ...made, status: { phase: 'Running' } });
    expect(phase.metadata).toMatchObject({ resourceVersion: '2', generation: 1 });
    const spec = store.update('pods', { ...phase, spec: { priority: 2 } });
    expect(spec.metadata).toMatchObject({ resourceVersion: '3', generation: 2 });
  });

  it('changes nothing for an equal object', () => {
    const made = store.create('pods', pod('hdb-0', { nodeName: undefined, tolerations: [{ key: 'a' }] }));
    const again = store.update('pods', { ...made, spec: { tolerations: [{ key: 'a' }] } });
    expect(again).toBe(made);
    expect(changes).toHaveLength(1);
  });

  it('keeps uid, times and generation, whatever the writer says', () => {
    const made = store.create('pods', pod('hdb-0'));
    const metadata = {
      ...made.metadata,
      uid: 'x',
      creationTimestamp: 'y',
      generation: 7,
      deletionTimestamp: 'z',
    };
    expect(store.update('pods', { ...made, metadata })).toBe(made);
  });

  it('refuses another resourceVersion, another uid and a name that is gone', () => {
    const made = store.create('pods', pod('hdb-0'));
    expect(refusal(() => store.update('pods', made, { resourceVersion: '0' }))).toMatchObject({
      code: 409,
      reason: 'Conflict',
      message: expect.stringContaining('the object has been modified'),
    });
    expect(refusal(() => store.update('pods', made, { uid: 'other' })).message).toBe(
      `Operation cannot be fulfilled on pods "hdb-0": Precondition failed: UID in precondition: other, UID in object meta: ${made.metadata.uid}`,
    );
    store.remove('pods', 'kdb', 'hdb-0');
    expect(refusal(() => store.update('pods', made)).reason).toBe('NotFound');
  });
});

describe('deleting', () => {
  it('keeps a pod for its grace period, and shortens that when asked again', () => {
    store.create('pods', pod('hdb-0'));
    expect(store.markDeleted('pods', 'kdb', 'hdb-0', 30).metadata).toMatchObject({
      deletionTimestamp: '2026-01-01T12:00:30Z',
      deletionGracePeriodSeconds: 30,
      resourceVersion: '2',
    });
    expect(store.markDeleted('pods', 'kdb', 'hdb-0', 60).metadata.resourceVersion).toBe('2');
    expect(store.markDeleted('pods', 'kdb', 'hdb-0', 5).metadata.deletionGracePeriodSeconds).toBe(5);
    store.markDeleted('pods', 'kdb', 'hdb-0', 0);
    expect(store.get('pods', 'kdb', 'hdb-0')).toBeUndefined();
    expect(changes.map(({ type }) => type)).toEqual(['ADDED', 'MODIFIED', 'MODIFIED', 'DELETED']);
  });

  it('keeps an object until its last finalizer is gone', () => {
    const finalizers = ['example.com/hold'];
    store.create('pods', pod('hdb-0', {}, { finalizers }));
    const marked = store.markDeleted('pods', 'kdb', 'hdb-0', 0);
    expect(store.get('pods', 'kdb', 'hdb-0')).toBe(marked);
    store.update('pods', { ...marked, metadata: { ...marked.metadata, finalizers: [] } });
    expect(store.get('pods', 'kdb', 'hdb-0')).toBeUndefined();
  });

  it('gives the deletion a number of its own', () => {
    store.create('pods', pod('hdb-0'));
    expect(store.remove('pods', 'kdb', 'hdb-0').metadata.resourceVersion).toBe('2');
    expect(store.revision).toBe(2);
  });
});

describe('reading', () => {
  it('lists in the order of namespace and name, one namespace or all', () => {
    for (const [namespace, name] of [
      ['kdb', 'b'],
      ['kdb', 'a'],
      ['batch', 'z'],
    ] as const)
      store.create('pods', pod(name, {}, { namespace }));
    const names = (namespace?: string) => store.list('pods', namespace).map(({ metadata }) => metadata.name);
    expect(names()).toEqual(['z', 'a', 'b']);
    expect(names('kdb')).toEqual(['a', 'b']);
    store.remove('pods', 'kdb', 'a');
    expect(names()).toEqual(['z', 'b']);
  });

  it('tells all changes since a number, until they are forgotten', () => {
    store.create('pods', pod('a'));
    store.create('pods', pod('b'));
    store.remove('pods', 'kdb', 'a');
    const since = store.changesSince(1);
    expect(
      since === 'expired' ? since : since.map(({ type, object }) => [type, object.metadata.name]),
    ).toEqual([
      ['ADDED', 'b'],
      ['DELETED', 'a'],
    ]);
    store.compact();
    expect(store.changesSince(2)).toBe('expired');
    expect(store.changesSince(3)).toEqual([]);
  });

  it('forgets the oldest changes by itself', () => {
    const small = new ObjectStore(() => NOON, 10);
    for (let count = 0; count < 12; count += 1) small.create('pods', pod(`p-${count}`));
    expect(small.changesSince(1)).toBe('expired');
    expect(small.changesSince(2)).toHaveLength(10);
  });

  it('tells changes in their order, also when a listener makes one', () => {
    const late: string[] = [];
    store.onChange(({ type, object }) => {
      if (type === 'ADDED') store.update('pods', { ...object, status: { phase: 'Pending' } });
    });
    store.onChange(({ type }) => late.push(type));
    store.create('pods', pod('a'));
    expect(late).toEqual(['ADDED', 'MODIFIED']);
  });
});
