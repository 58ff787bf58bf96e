/**
 * Checks that the pod template follows Slipway's convention for code, and that nothing prevents its init container from
 * fetching the code.
 */
import type { CodeConfiguration } from '../../../model/code';
import { ANNOTATION, type Workload, type WorkloadPod } from '../../../model/workload';
import { declareCheck } from '../../../plan/check';
import { unreadable } from '../annotations';
import { pass, warn } from './check';

const CONVENTION = declareCheck('convention', {
  'convention.kept': pass<{ readonly container: string }>(),
  /** No init container fetches the code, so no pod can prove which code it runs. */
  'convention.missing': warn('add-snippet'),
  /** The code is fetched, but no container reads the script's name. */
  'convention.no-script': warn('add-snippet'),
  /** The code is fetched, but no container reads the arguments. */
  'convention.no-arguments': warn('add-snippet'),
  /** The pods use Istio's CNI plugin, with which their init containers have no network to fetch the code. */
  'convention.istio': warn('add-snippet'),
  /**
   * The pods have no credentials of their own, such as IRSA or Pod Identity, and none has fetched code so
   * far. A node's metadata service gives pods credentials only if the service's hop limit is 2 or more;
   * Slipway does not read this limit.
   * @see https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html
   */
  'convention.node-role': warn('give-role'),
  /** Annotations with values in a form that Slipway does not write: the deployment replaces them. */
  'convention.unreadable': warn<{ readonly annotations: readonly string[] }>(),
});

export function conventionCheck(
  { convention, annotations }: Workload,
  pods: readonly WorkloadPod[],
  { initializationScript, commandLineArguments }: CodeConfiguration,
) {
  const { fetch, readsScript, readsArguments = false, istio } = convention;
  const strange = unreadable(annotations);
  if (fetch === undefined) return CONVENTION.found('convention.missing');
  if (istio) return CONVENTION.found('convention.istio');
  if (initializationScript !== undefined && !readsScript) return CONVENTION.found('convention.no-script');
  if (commandLineArguments.length > 0 && !readsArguments) return CONVENTION.found('convention.no-arguments');
  if (strange.length > 0) return CONVENTION.found('convention.unreadable', { annotations: strange });
  return haveNodeRoleAlone(pods)
    ? CONVENTION.found('convention.node-role')
    : CONVENTION.found('convention.kept', { container: fetch });
}

/**
 * Returns true if the pods that are to fetch code can use only their nodes' credentials, and no pod has
 * fetched code yet. False if no pod is to fetch code.
 */
function haveNodeRoleAlone(pods: readonly WorkloadPod[]): boolean {
  const hasFetched = pods.some(
    ({ proof, annotations }) => proof?.exitCode === 0 && annotations[ANNOTATION.uri] !== undefined,
  );
  const fetching = pods.filter(({ credentials }) => credentials !== undefined);
  return !hasFetched && fetching.length > 0 && fetching.every(({ credentials }) => credentials === 'node');
}
