/**
 * Failures of a cluster's Kubernetes API as sentences. Where the API server's own words are shown, they are
 * unchanged.
 */
import * as l10n from '@vscode/l10n';
import type { KubernetesFailure, KubernetesRequest } from '../../model/kubernetes-failure';
import { unknownCallerWords } from './kubernetes-access';

/** One sentence or a few: what happened, and what to do. */
export function kubernetesWords(failure: KubernetesFailure): string {
  const { cluster } = failure;
  const host = failure.host ?? '';
  const said = failure.message === '' ? failure.code : failure.message;
  switch (failure.reason) {
    case 'no-endpoint':
      return failure.passing
        ? l10n.t(
            'The cluster {0} has no Kubernetes API that could be asked: its status is {1}. Try again when it is active.',
            { 0: cluster, 1: said },
          )
        : l10n.t('The cluster {0} has no Kubernetes API that could be asked: its status is {1}.', {
            0: cluster,
            1: said,
          });
    case 'private-endpoint':
      return l10n.t(
        'The Kubernetes API of {0} answers only inside of its network, which cannot be reached from here ({1}). Connect to that network, or set the beginning of a tunnel for this cluster in slipway.kubernetes.endpoints.',
        { 0: cluster, 1: host },
      );
    case 'restricted-endpoint':
      return l10n.t(
        'The Kubernetes API of {0} cannot be reached ({1}): it answers only these addresses: {2}. Come from one of them, or have yours added to the public access of the cluster.',
        { 0: cluster, 1: host, 2: (failure.allowedFrom ?? []).join(', ') },
      );
    case 'unresolved':
      return l10n.t(
        'The name of the Kubernetes API of {0} is not known here ({1}). Check the network, the VPN and the proxy, then try again.',
        { 0: cluster, 1: host },
      );
    case 'no-route':
      return l10n.t(
        'The Kubernetes API of {0} cannot be reached at {1} ({2}). Check the network, the VPN and the proxy, then try again.',
        { 0: cluster, 1: host, 2: failure.code },
      );
    case 'untrusted':
      return untrustedWords(failure);
    case 'broken':
      return l10n.t('The connection to the Kubernetes API of {0} broke off during {1} ({2}). Try again.', {
        0: cluster,
        1: kubernetesRequestWords(failure),
        2: failure.code,
      });
    case 'mute':
      return l10n.t(
        'Something between here and the Kubernetes API of {0}, such as a proxy, holds back what a watch is sent. Slipway reads {1} again and again instead, so changes show later.',
        { 0: cluster, 1: failure.resource },
      );
    case 'misshapen':
      return l10n.t(
        'What answered {1} at {2} is not the Kubernetes API of {0}, or did not answer as it should: {3}. Log in to the network in a browser if it wants that, check the proxy, then try again.',
        { 0: cluster, 1: kubernetesRequestWords(failure), 2: host, 3: said },
      );
    case 'unauthorized':
      return unknownCallerWords(failure);
    case 'forbidden':
      return l10n.t(
        'The cluster {0} denied {1}. "Slipway: Copy Kubernetes Role…" yields a role that allows it, for an administrator of the cluster. Kubernetes says: {2}',
        { 0: cluster, 1: kubernetesRequestWords(failure), 2: said },
      );
    case 'not-found':
      return l10n.t('The cluster {0} does not find it ({1}). Refresh the view. Kubernetes says: {2}', {
        0: cluster,
        1: kubernetesRequestWords(failure),
        2: said,
      });
    case 'conflict':
      return l10n.t(
        'The cluster {0} refused {1}, because it was changed by somebody else. Look at it again, then decide anew. Kubernetes says: {2}',
        { 0: cluster, 1: kubernetesRequestWords(failure), 2: said },
      );
    case 'expired':
      return l10n.t(
        'The cluster {0} changes faster than {1} could be read. Try again. Kubernetes says: {2}',
        { 0: cluster, 1: kubernetesRequestWords(failure), 2: said },
      );
    case 'invalid':
      return l10n.t('The cluster {0} does not take {1}. Kubernetes says: {2}', {
        0: cluster,
        1: kubernetesRequestWords(failure),
        2: said,
      });
    case 'throttled':
      return l10n.t(
        'The Kubernetes API of {0} asks for fewer requests for a while ({1}). Try again in a minute.',
        { 0: cluster, 1: kubernetesRequestWords(failure) },
      );
    case 'budget':
      return l10n.t('A PodDisruptionBudget of {0} does not let the pod go. Kubernetes says: {1}', {
        0: cluster,
        1: said,
      });
    case 'server':
      return l10n.t(
        'The Kubernetes API of {0} has a problem of its own with {1} ({2}). Try again later. Kubernetes says: {3}',
        { 0: cluster, 1: kubernetesRequestWords(failure), 2: failure.status ?? failure.code, 3: said },
      );
    case 'other':
      return l10n.t('The cluster {0} answered {1} to {2}: {3}', {
        0: cluster,
        1: failure.code,
        2: kubernetesRequestWords(failure),
        3: said,
      });
  }
}

/** `"list" on pods in the namespace kdb`, in RBAC's words. */
function kubernetesRequestWords({ verb, resource, namespace, name }: KubernetesRequest): string {
  const what = name === undefined ? resource : `${resource} ${name}`;
  return namespace === undefined
    ? l10n.t('"{0}" on {1}', { 0: verb, 1: what })
    : l10n.t('"{0}" on {1} in the namespace {2}', { 0: verb, 1: what, 2: namespace });
}

function untrustedWords({ cluster, host = '', issuer, code, message }: KubernetesFailure): string {
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return l10n.t(
      'The certificate at {1} is for another host than the Kubernetes API of {0}, so nothing was sent: {2}. Check where the tunnel leads, and the setting slipway.kubernetes.endpoints.',
      { 0: cluster, 1: host, 2: message },
    );
  }
  if (issuer === undefined) {
    return l10n.t(
      'The certificate at {1} is not the one of the Kubernetes API of {0}, so nothing was sent ({2}). A proxy that opens TLS has to leave this host alone.',
      { 0: cluster, 1: host, 2: code },
    );
  }
  return l10n.t(
    'The certificate at {1} was not signed by the CA of the cluster {0} but by "{2}", so nothing was sent. If that is a proxy that opens TLS, it has to leave this host alone.',
    { 0: cluster, 1: host, 2: issuer },
  );
}
