/** Why a workload did not take code, or does not run it, and what to do. */
import * as l10n from '@vscode/l10n';
import type { KubernetesRefusals } from '../../../deploy/kubernetes/refusal';
import type { CodedOf } from '../../../model/coded';
import { EXIT_CODES } from '../../../model/exit-codes';
import type { Sentences } from '../sentences';

export const kubernetesTargetRefusals: Sentences<CodedOf<KubernetesRefusals>> = {
  'workload-gone': (f) =>
    f.anew
      ? l10n.t('{0} was deleted and made anew: this is another workload. Plan again.', { 0: f.workload })
      : l10n.t('{0} was deleted.', { 0: f.workload }),
  'annotations-owned': (f) =>
    l10n.t(
      'The annotations of {0} belong to {1}, and the plan did not ask whether they may be taken over. Nothing was changed. Plan again.',
      { 0: f.workload, 1: f.managers.join(', ') },
    ),
  'annotations-dropped': (f) =>
    l10n.t(
      'The cluster took the request and did not keep all of it: {0}. A webhook of the cluster does that; ask whoever runs it to let the annotations of Slipway pass.',
      { 0: f.annotations.join(', ') },
    ),
  'workload-restless': (f) =>
    l10n.t(
      '{0} was changed by its controllers each of the {1} times that the request came. Nothing was changed. Deploy again when it is quiet.',
      { 0: f.workload, 1: f.times },
    ),
  'pod-fails': (f) => [podWords(f), ...stuckWords(f), ...ownWords(f)].join(' '),
  'rollout-late': (f) =>
    l10n.t('The rollout of {0} has made no progress for too long: {1}', { 0: f.workload, 1: f.message }),
  'pods-not-made': (f) => l10n.t('Pods of {0} cannot be made: {1}', { 0: f.workload, 1: f.message }),
};

function podWords(f: KubernetesRefusals['pod-fails']): string {
  const names = { 0: f.pod, 1: f.container ?? '', 2: f.reason, 3: f.exitCode ?? '' };
  if (f.container === undefined) return l10n.t('Pod {0} does not start: {2}.', names);
  if (f.exitCode === undefined) return l10n.t('Pod {0} does not start: container {1}, {2}.', names);
  const words = l10n.t('Pod {0} does not start: container {1}, {2}, exit code {3}.', names);
  const meaning = SNIPPET_CONTAINERS.includes(f.container) ? exitWords(f.exitCode) : undefined;
  return meaning === undefined ? words : `${words} ${meaning}`;
}

function stuckWords({ stuck }: KubernetesRefusals['pod-fails']): readonly string[] {
  return stuck
    ? [
        l10n.t(
          'Kubernetes replaces no other pod of this StatefulSet until this one is deleted or runs, not even on the way back.',
        ),
      ]
    : [];
}

/** Kubernetes' own message, if there is one. It stands last in the text, since it may lack a full stop. */
function ownWords({ message }: KubernetesRefusals['pod-fails']): readonly string[] {
  return message === undefined ? [] : [l10n.t('Kubernetes says: {0}', { 0: message })];
}

/**
 * The snippet's init containers. They run only the snippet's scripts, so their exit codes have the
 * meanings of `EXIT_CODES`; an exit code of another container may come from the container's own program.
 */
const SNIPPET_CONTAINERS: readonly string[] = ['slipway-fetch', 'slipway-unzip'];

/**
 * The meaning of an exit code of the snippet's init containers; undefined for other exit codes.
 * docs/kubernetes.md lists all exit codes of the snippet's scripts.
 */
function exitWords(code: number): string | undefined {
  switch (EXIT_CODES[code as keyof typeof EXIT_CODES]) {
    case 'wrong-settings':
      return l10n.t(
        'Its settings are incomplete, or its image lacks a program that it needs: apply the snippet again, or choose another image.',
      );
    case 'refused-annotations':
      return l10n.t(
        'It takes code from the bucket and folder of its snippet alone: deploy with those, or make a new snippet.',
      );
    case 'denied':
      return l10n.t(
        'S3 denied it the code: its role needs s3:GetObject and s3:GetObjectVersion, and its log names the caller.',
      );
    case 'missing-version':
      return l10n.t('S3 has no such bucket, key or version any more: deploy again.');
    case 'wrong-digest':
      return l10n.t('The zip in S3 is another one than was deployed: deploy again.');
    case 'no-space':
      return l10n.t('There is no space left for the code on its node.');
    case 'no-credentials':
      return l10n.t(
        'It got no AWS credentials: look at the agent of EKS Pod Identity, or at the hop limit of the metadata service.',
      );
    case 's3-unreachable':
      return l10n.t(
        'S3 could not be asked: look at network policies, the proxy, the VPC endpoint, and at CNI plug-ins of a mesh.',
      );
    case 'no-zip':
      return l10n.t('The object in S3 is no zip, or a damaged one: deploy it with Slipway.');
    case 'refused-names':
      return l10n.t('It does not unpack a name that is in the zip; its log says which.');
    default:
      return undefined;
  }
}
