/** ControllerRevisions: the templates that a StatefulSet has had. */

import { present } from '../../present';
import type { JsonObject } from '../../protocols/operation';
import type { PodTemplate, StatefulSet } from '../kinds';
import type { KubeObject } from '../kube-object';
import type { ObjectStore } from '../object-store';
import { hashOf } from './names';
import { isOwnedBy, ownedBy } from './owners';

interface Revision extends KubeObject {
  readonly revision: number;
  readonly data: { readonly spec: { readonly template: PodTemplate } };
}

const USUAL_HISTORY = 10;

/**
 * Name of the revision for the present template. If this revision does not exist yet, it is created. If the
 * set returns to an earlier template, that template's revision gets the highest number.
 */
export function updateRevision(store: ObjectStore, set: StatefulSet): string {
  const all = revisionsOf(store, set);
  const hash = hashOf(set.spec.template);
  const name = `${set.metadata.name}-${hash}`;
  const next = Math.max(0, ...all.map(({ revision }) => revision)) + 1;
  const known = all.find(({ metadata }) => metadata.name === name);
  if (known && known.revision === next - 1) return name;
  if (known) store.update('controllerrevisions', { ...known, revision: next });
  else store.create('controllerrevisions', newRevision(set, name, hash, next));
  return name;
}

/** The template of a revision; the set's own if the revision no longer exists. */
export function templateOf(store: ObjectStore, set: StatefulSet, name: string): PodTemplate {
  const found = store.get('controllerrevisions', set.metadata.namespace, name) as Revision | undefined;
  const { $patch: _, ...template } = (found?.data.spec.template ?? set.spec.template) as JsonObject;
  return template as PodTemplate;
}

/**
 * Removes the oldest of the revisions that are not in use, and keeps as many of them as
 * `revisionHistoryLimit` allows. Revisions in use are always kept.
 * @param used names of the revisions in use: those of the pods and those in the set's status
 */
export function forgetRevisions(store: ObjectStore, set: StatefulSet, used: ReadonlySet<string>): void {
  const { revisionHistoryLimit = USUAL_HISTORY } = set.spec;
  const idle = revisionsOf(store, set).filter(({ metadata }) => !used.has(metadata.name));
  for (const { metadata } of idle.slice(0, Math.max(0, idle.length - revisionHistoryLimit)))
    store.remove('controllerrevisions', metadata.namespace, metadata.name);
}

/** The set's revisions, oldest first. */
function revisionsOf(store: ObjectStore, set: StatefulSet): readonly Revision[] {
  return (store.list('controllerrevisions', set.metadata.namespace) as readonly Revision[])
    .filter((revision) => isOwnedBy(revision, set))
    .sort((a, b) => a.revision - b.revision);
}

function newRevision(set: StatefulSet, name: string, hash: string, revision: number) {
  const { namespace, annotations } = set.metadata;
  const template: JsonObject = { ...set.spec.template, $patch: 'replace' };
  return {
    apiVersion: 'apps/v1',
    kind: 'ControllerRevision',
    metadata: {
      name,
      ...present({ namespace }),
      labels: { ...set.spec.template.metadata?.labels, 'controller.kubernetes.io/hash': hash },
      ...present({ annotations }),
      ownerReferences: ownedBy(set),
    },
    data: { spec: { template } },
    revision,
  };
}
