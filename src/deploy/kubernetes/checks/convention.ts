/** Checks that the pod template takes code, and that nothing keeps its init container from fetching it. */
import type { CodeConfiguration } from '../../../model/code';
import type { Workload } from '../../../model/workload';
import { declareCheck } from '../../../plan/check';
import { unreadable } from '../annotations';
import { pass, warn } from './check';

const CONVENTION = declareCheck('convention', {
  'convention.kept': pass<{ readonly container: string }>(),
  /** Nothing fetches the code, and nothing proves it. */
  'convention.missing': warn('add-snippet'),
  /** The code is fetched, and nothing reads the script's name. */
  'convention.no-script': warn('add-snippet'),
  /** The code is fetched, and nothing reads the arguments. */
  'convention.no-arguments': warn('add-snippet'),
  /** Istio's CNI gives init containers no network. */
  'convention.istio': warn('add-snippet'),
  /** Annotations with values that Slipway does not write: they are replaced. */
  'convention.unreadable': warn<{ readonly annotations: readonly string[] }>(),
});

export function conventionCheck(
  { convention, annotations }: Workload,
  { initializationScript, commandLineArguments }: CodeConfiguration,
) {
  const { fetch, readsScript, readsArguments = false, istio } = convention;
  const strange = unreadable(annotations);
  if (fetch === undefined) return CONVENTION.found('convention.missing');
  if (istio) return CONVENTION.found('convention.istio');
  if (initializationScript !== undefined && !readsScript) return CONVENTION.found('convention.no-script');
  if (commandLineArguments.length > 0 && !readsArguments) return CONVENTION.found('convention.no-arguments');
  return strange.length > 0
    ? CONVENTION.found('convention.unreadable', { annotations: strange })
    : CONVENTION.found('convention.kept', { container: fetch });
}
