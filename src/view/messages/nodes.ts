/** Short words for the rows of a cluster's nodes and of the pods on them. */
import * as l10n from '@vscode/l10n';
import type { Cause } from '../../drain/blocker';
import type { NodeAge, NodeState } from '../../drain/node-state';
import type { Pod } from '../../model/kubernetes';
import { podsWords } from './counts';
import { objectName } from './drain';
import { type Sentences, say } from './sentences';

/** A node's name as EC2 makes it: the domain after the first dot is the same for all nodes of a cluster. */
const EC2_DOMAIN = /^([^.]+)\.(?:[\w-]+\.compute|ec2)\.internal$/;

/**
 * The name of a node without EC2's domain, since a narrow side bar has little room: `ip-10-0-12-3` for
 * `ip-10-0-12-3.eu-west-1.compute.internal`.
 */
export function nodeLabel(name: string): string {
  return EC2_DOMAIN.exec(name)?.[1] ?? name;
}

export function nodeStateWords(state: NodeState | 'unread'): string {
  switch (state) {
    case 'ready':
      return l10n.t('ready');
    case 'not-ready':
      return l10n.t('not ready');
    case 'unknown':
      return l10n.t('silent');
    case 'cordoned':
      return l10n.t('cordoned');
    case 'draining':
      return l10n.t('draining');
    case 'unread':
      return l10n.t('unknown');
  }
}

export function ageWords(age: NodeAge): string {
  return age === 'old' ? l10n.t('old') : l10n.t('new');
}

/** `4 pods to move`. @param pods undefined if the number is not known. */
export function toMoveWords(pods: number | undefined): string {
  if (pods === undefined) return l10n.t('pods not known');
  return pods === 0 ? l10n.t('no pods to move') : l10n.t('{pods} to move', { pods: podsWords(pods) });
}

/** The kubelet's version without EKS's suffix: `v1.33.1` for `v1.33.1-eks-1234abc`. */
export function versionWords(kubeletVersion: string): string {
  return kubeletVersion.replace(/-eks-.*$/, '');
}

/**
 * `shop/quotes…x7k2p` for a pod of a Deployment: the pod template hash in the pod's name is left out, since
 * it is of no use to a reader. Other pods keep their full name.
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#pod-template-hash-label
 */
export function podLabel(pod: Pick<Pod, 'namespace' | 'name' | 'controller'>): string {
  const { namespace, name, controller } = pod;
  const [, deployment] = /^(.+)-[a-z0-9]{5,10}$/.exec(controller?.name ?? '') ?? [];
  const isOfDeployment =
    controller?.kind === 'ReplicaSet' && deployment !== undefined && name.startsWith(`${controller.name}-`);
  return objectName(
    isOfDeployment
      ? { namespace, name: `${deployment}…${name.slice(controller.name.length + 1)}` }
      : { namespace, name },
  );
}

/**
 * The cause of a blocker in a few words, for the row of a pod: `by budget rdb`. In the row of a held pod, the
 * words follow "held".
 */
export function blockerBadge(cause: Cause): string {
  return say(BADGES, cause);
}

const BADGES: Sentences<Cause> = {
  'budget-never': ({ budget }) => l10n.t('by budget {budget}', { budget: budget.name }),
  'budget-not-now': ({ budget }) => l10n.t('for now by budget {budget}', { budget: budget.name }),
  'replacement-pending': ({ pending }) => l10n.t('until {pod} finds a node', { pod: pending.name }),
  'unready-held': ({ budget }) => l10n.t('not ready, by budget {budget}', { budget: budget.name }),
  'budget-behind': ({ budget }) => l10n.t('budget {budget} is being counted', { budget: budget.name }),
  'budget-not-computed': ({ budget }) => l10n.t('budget {budget} cannot be counted', { budget: budget.name }),
  'several-budgets': ({ budgets }) => l10n.t('by {count} budgets', { count: budgets.length }),
  'budget-shared': () => l10n.t('leaves in turn'),
  'comes-back': () => l10n.t('comes back to a cordoned node'),
  stuck: () => l10n.t('asked to go long ago'),
  'long-grace': ({ seconds }) => l10n.t('takes {minutes} min to stop', { minutes: Math.ceil(seconds / 60) }),
  'no-controller': () => l10n.t('nothing makes it anew'),
  'code-gone': () => l10n.t('its code is gone'),
};
