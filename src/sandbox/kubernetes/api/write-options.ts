/** The options of requests that write: https://kubernetes.io/docs/reference/kubernetes-api/common-parameters/ */
import { StatusError } from '../status';
import type { Call } from './call';

export interface RequestOptions {
  readonly manager: string;
  readonly dryRun: boolean;
  /** Whether unknown fields are refused. */
  readonly strict: boolean;
  readonly force: boolean;
}

/** @throws a Status 422. */
export function requestOptions({ request }: Call): RequestOptions {
  const { parameters, headers } = request;
  const kind = request.verb === 'patch' ? 'PatchOptions' : 'CreateOptions';
  const dryRun = parameters.getAll('dryRun').filter((value) => value !== '');
  const wrong = dryRun.find((value) => value !== 'All');
  if (wrong !== undefined)
    throw invalidOptions(kind, `dryRun: Unsupported value: "${wrong}": supported values: "All"`);
  return {
    manager:
      parameters.get('fieldManager') || (headers['user-agent'] ?? 'unknown').split('/')[0] || 'unknown',
    dryRun: dryRun.length > 0,
    strict: parameters.get('fieldValidation') === 'Strict',
    force: parameters.get('force') === 'true',
  };
}

export function invalidOptions(kind: string, problem: string): StatusError {
  return new StatusError(422, 'Invalid', `${kind}.meta.k8s.io "" is invalid: ${problem}`, {
    group: 'meta.k8s.io',
    kind,
  });
}
