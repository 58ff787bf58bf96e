/** The checks of a deployment to a Kubernetes workload, in words: titles, findings and remedies. */
import * as l10n from '@vscode/l10n';
import type { WorkloadRemedy } from '../../deploy/kubernetes/checks/check';
import type { WorkloadCheck } from '../../deploy/kubernetes/checks/own-checks';
import type { Impossible } from '../../deploy/kubernetes/strategies';
import { kubernetesWords } from './kubernetes';
import type { Sentences } from './sentences';

/** A sentence for each finding that a check can have. */
export const CHECK_SENTENCES: Sentences<WorkloadCheck> = {
  'convention.kept': (f) =>
    l10n.t('The init container {0} fetches the code and proves it.', { 0: f.container }),
  'convention.missing': () =>
    l10n.t(
      'No init container of the pod template fetches the code, so that nothing will load it and nothing can prove it.',
    ),
  'convention.no-script': () =>
    l10n.t(
      'No container of the pod template reads the initialization script, so that it will not be loaded.',
    ),
  'convention.no-arguments': () =>
    l10n.t('No container of the pod template reads the arguments, so that the program will not get them.'),
  'images.nothing-missing': () =>
    l10n.t('Nothing says that the images lack a program that the scripts call.'),
  'images.lacking': (f) =>
    l10n.t('The image of container {0} comes without {2}, which its script calls: {1}.', {
      0: f.container,
      1: f.image,
      2: f.programs.join(', '),
    }),
  'volume.free': () => l10n.t('No volume keeps a new pod from starting beside an earlier one.'),
  'volume.one-node': (f) =>
    l10n.t(
      'The pods share the volume claim {0}, which one node can mount at a time (ReadWriteOnce). A new pod on another node waits for the earlier one to go, which waits for the new one: the rollout would never end.',
      { 0: f.claim },
    ),
  'volume.one-pod': (f) =>
    l10n.t(
      'The pods share the volume claim {0}, which one pod can mount at a time (ReadWriteOncePod). A new pod waits for the earlier one to go, which waits for the new one: the rollout never ends.',
      { 0: f.claim },
    ),
  'volume.unknown': (f) =>
    l10n.t('Whether new pods can mount the volumes of the earlier ones is unknown. {0}', {
      0: kubernetesWords(f.failure),
    }),
  'pods.free': () => l10n.t('Nothing is seen that would keep pods from going.'),
  'pods.stuck-leaving': (f) =>
    f.finalizers.length > 0
      ? l10n.t(
          'Pod {0} should have been gone {1} minutes ago, and its finalizers keep it: {2}. No new pod takes its place until it goes.',
          { 0: f.pod, 1: f.minutes, 2: f.finalizers.join(', ') },
        )
      : l10n.t(
          'Pod {0} should have been gone {1} minutes ago: its node may not answer. No new pod takes its place until it goes.',
          { 0: f.pod, 1: f.minutes },
        ),
  'pods.never-evicted': (f) =>
    l10n.t(
      'No drain will bring the code to the pods: by the PodDisruptionBudget none of them can be evicted ({0}). They keep the earlier code until somebody deletes them.',
      { 0: f.budgets.join(', ') },
    ),
  'pods.beyond-budget': (f) =>
    f.strategy === 'FORCE'
      ? l10n.t(
          'FORCE deletes all {1} pods, and asks no PodDisruptionBudget: {0} would let {2} of them go now.',
          { 0: f.budgets.join(', '), 1: f.pods, 2: f.allowed },
        )
      : l10n.t(
          '{1} deletes one pod at a time, and asks no PodDisruptionBudget: {0} would let none of them go now.',
          { 0: f.budgets.join(', '), 1: f.strategy },
        ),
  'pods.unknown': (f) =>
    l10n.t('Which PodDisruptionBudgets cover the pods is unknown. {0}', { 0: kubernetesWords(f.failure) }),
  'convention.istio': () =>
    l10n.t('The CNI of Istio gives init containers no network, so that the code may not be fetched.'),
  'convention.node-role': () =>
    l10n.t(
      'The pods have no role of their own (neither IRSA nor EKS Pod Identity): they fetch the code with the role of their node, which they reach only where the hop limit of its metadata service is 2 or more.',
    ),
  'convention.unreadable': (f) =>
    l10n.t('These annotations were not written by Slipway, and are replaced: {0}.', {
      0: f.annotations.join(', '),
    }),
  'manager.nobody': () => l10n.t('Nothing says that somebody else manages the workload.'),
  'manager.kxi': (f) =>
    l10n.t(
      'The workload belongs to kdb Insights Enterprise ({0}), whose operator undoes what others change. Use kxi: kxi package, kxi pm push, kxi pm deploy.',
      { 0: f.app },
    ),
  'manager.controller': (f) =>
    l10n.t('The workload belongs to {0} {1}, whose operator undoes what others change. Change it there.', {
      0: f.kind,
      1: f.name,
    }),
  'manager.argo-cd': (f) =>
    l10n.t(
      'Argo CD manages the workload ({0}). It keeps the annotations, unless it syncs with Replace=true.',
      { 0: f.application },
    ),
  'manager.flux': (f) =>
    l10n.t('Flux manages the workload ({0}). It keeps the annotations, unless its source declares them.', {
      0: f.name,
    }),
  'manager.helm': (f) =>
    l10n.t('{0} manages the workload, and keeps the annotations, unless the chart declares them.', {
      0: f.by,
    }),
  'manager.terraform': () =>
    l10n.t('Terraform manages the workload, and removes the annotations when it is applied next.'),
  'owners.slipway': () => l10n.t('The annotations belong to nobody else.'),
  'owners.others': (f) =>
    l10n.t('{0} wrote the annotations last. They are taken over from there.', { 0: f.managers.join(', ') }),
  'rollout.quiet': () => l10n.t('No rollout is running.'),
  'rollout.running': (f) =>
    l10n.t('A rollout is running: {0} of {1} updated. The new code takes its place.', {
      0: f.updated,
      1: f.desired,
    }),
  'rollout.stuck': (f) =>
    f.blocks
      ? l10n.t(
          'Pod {0} does not start ({1}). The StatefulSet replaces no pod until it is deleted: Kubernetes does not do so by itself.',
          { 0: f.pod, 1: f.reason },
        )
      : l10n.t('Pod {0} does not start ({1}).', { 0: f.pod, 1: f.reason }),
  'rollout.paused': () => l10n.t('The Deployment is paused: it makes no new pods until somebody resumes it.'),
  'rollout.no-replicas': () =>
    l10n.t('The workload has 0 replicas: the code is set, and nothing will run it until it is scaled up.'),
  'rehearsal.taken': () => l10n.t('The cluster would take the request: it was asked in a dry run.'),
  'rehearsal.changed': (f) =>
    l10n.t('In a dry run the cluster did not keep these annotations: {0}.', { 0: f.annotations.join(', ') }),
  'rehearsal.refused': (f) =>
    l10n.t('In a dry run the cluster refused the request. {0}', { 0: kubernetesWords(f.failure) }),
  'rehearsal.conflict': (f) => l10n.t('In a dry run the cluster said: {0}', { 0: f.message }),
  'rehearsal.unknown': (f) =>
    l10n.t('Whether the cluster would take the request is unknown. {0}', { 0: kubernetesWords(f.failure) }),
  'strategy.possible': (f) => l10n.t('{0} is possible here.', { 0: f.strategy }),
  'strategy.impossible': (f) => impossibleWords(f.strategy, f.why),
  'strategy.force': (f) =>
    l10n.t('FORCE deletes all {0} pods at once: the workload is away until they have started again.', {
      0: f.pods,
    }),
  'strategy.canary': (f) =>
    l10n.t(
      'CANARY deletes one of {0} pods. Once its successor proves the code, the others wait for your click, and then go one after the other.',
      { 0: f.pods },
    ),
  'strategy.recreate': () =>
    l10n.t('The Deployment stops all of its pods before it starts the first new one (Recreate).'),
  'strategy.on-delete': () =>
    l10n.t('Running pods keep the earlier code. Each takes the new one when it is next deleted (OnDelete).'),
  'strategy.partition': (f) =>
    l10n.t(
      'Pods below number {0} keep the earlier code, also when they restart: the partition is {0} of {1}.',
      {
        0: f.partition,
        1: f.replicas,
      },
    ),
};

/** Why a strategy is not possible on a workload. */
export function impossibleWords(strategy: string, why: Impossible): string {
  switch (why) {
    case 'replaced-at-once':
      return l10n.t(
        '{0} is not possible: this workload replaces its pods as soon as their template changes.',
        {
          0: strategy,
        },
      );
    case 'on-delete':
      return l10n.t(
        '{0} is not possible: this StatefulSet replaces pods only when they are deleted (OnDelete).',
        {
          0: strategy,
        },
      );
    case 'deployment':
      return l10n.t(
        '{0} is not possible on a Deployment: deleted pods would come back with the earlier code.',
        {
          0: strategy,
        },
      );
  }
}

/** The subject of each check. */
export const CHECK_TITLES: { readonly [Id in WorkloadCheck['id']]: () => string } = {
  convention: () => l10n.t('Init container'),
  images: () => l10n.t('Images'),
  volume: () => l10n.t('Volumes'),
  pods: () => l10n.t('Pods'),
  manager: () => l10n.t('Who manages it'),
  owners: () => l10n.t('Annotations'),
  rollout: () => l10n.t('Rollout'),
  rehearsal: () => l10n.t('Dry run'),
  strategy: () => l10n.t('Strategy'),
};

/** The remedy for a finding. */
export function remedyWords(remedy: WorkloadRemedy): string {
  switch (remedy) {
    case 'add-snippet':
      return l10n.t('Add what "Show Workload Snippet…" shows to its manifest or chart.');
    case 'ask-owner':
      return l10n.t('Ask whoever manages the workload.');
    case 'choose-image':
      return l10n.t('Choose an image that has it, and apply the snippet again.');
    case 'choose-possible':
      return l10n.t('Choose another strategy.');
    case 'delete-pod':
      return l10n.t('Look at the logs of the pod, and delete it once the code is right.');
    case 'free-pod':
      return l10n.t('Look at its node, and at whoever has set its finalizers.');
    case 'give-role':
      return l10n.t(
        'Give their service account a role, as "Show Workload Snippet…" does; pods that are older than it get it when they are replaced.',
      );
    case 'resume':
      return l10n.t('Resume the Deployment.');
    case 'scale-up':
      return l10n.t('Scale the workload up.');
    case 'share-volume':
      return l10n.t(
        'Have its owner set the strategy Recreate, or use a volume that many nodes can mount (ReadWriteMany).',
      );
    case 'take-over':
      return l10n.t('Make sure that nobody else sets them.');
    case 'use-kxi':
      return l10n.t('Deploy with kxi.');
    case 'use-rolling':
      return l10n.t('Choose ROLLING or NO_RESTART, whichever the workload allows.');
    case 'widen-budget':
      return l10n.t('Have the budget let one pod go, or delete the pods when it suits you.');
    case 'wait':
      return l10n.t('Wait until it is over, then plan again.');
  }
}
