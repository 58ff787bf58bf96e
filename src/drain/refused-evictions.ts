/** Refused evictions in the audit log of a cluster's API server, the only place that records them. */
import { parseJson } from '../model/parse-json';

export interface RefusedEviction {
  readonly namespace: string;
  readonly pod: string;
  /**
   * The API server's message. A budget's refusal names the budget and the numbers of healthy pods that the
   * budget needs and has.
   */
  readonly message: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** The Kubernetes user as which EKS drains nodes. */
const NODE_MANAGER = 'eks:node-manager';

/** The CloudWatch Logs filter for lines about evictions by EKS. */
export const REFUSED_EVICTIONS = `"${NODE_MANAGER}" "/eviction" "responseStatus"`;

/**
 * For each pod, the last eviction by EKS that was refused (see {@link isRefusal}), the newest first. Other
 * lines are ignored.
 * @see https://kubernetes.io/docs/reference/config-api/apiserver-audit.v1/
 */
export function refusedEvictions(lines: readonly string[]): readonly RefusedEviction[] {
  const last = new Map<string, RefusedEviction>();
  for (const refused of lines.flatMap(refusalIn)) {
    const pod = `${refused.namespace}/${refused.pod}`;
    if ((last.get(pod)?.at ?? 0) <= refused.at) last.set(pod, refused);
  }
  return [...last.values()].toSorted((a, b) => b.at - a.at);
}

function refusalIn(line: string): readonly RefusedEviction[] {
  const event = parseJson(line);
  const uri = textAt(event, 'requestURI')?.split('?')[0];
  const code = valueAt(event, 'responseStatus', 'code');
  if (textAt(event, 'user', 'username') !== NODE_MANAGER || uri?.endsWith('/eviction') !== true) return [];
  // An audit log without the bodies of answers has their status alone, with the same members.
  const answers = [valueAt(event, 'responseObject'), valueAt(event, 'responseStatus')];
  const [cause] = answers.flatMap(budgetCauses);
  const [said] = answers.flatMap((answer) => textAt(answer, 'message') ?? []);
  if (!isRefusal(code, said ?? '', cause !== undefined)) return [];
  const message = textAt(cause, 'message') ?? said;
  const namespace = textAt(event, 'objectRef', 'namespace');
  const pod = textAt(event, 'objectRef', 'name');
  const at = Date.parse(textAt(event, 'requestReceivedTimestamp') ?? '');
  return namespace === undefined || pod === undefined || message === undefined || Number.isNaN(at)
    ? []
    : [{ namespace, pod, message, at }];
}

/**
 * True if the API server, or a webhook that it asks, does not let the pod go. A pod that is gone, throttling and an
 * overloaded API server are no refusals: EKS tries again, or has nothing left to do.
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/api-eviction/
 */
function isRefusal(code: unknown, message: string, isOfBudget: boolean): boolean {
  switch (code) {
    case 400:
    case 403:
    case 422:
      return true;
    case 429:
      return isOfBudget || /disruption budget|webhook/i.test(message);
    case 500:
      return /more than one PodDisruptionBudget|webhook/i.test(message);
    default:
      return false;
  }
}

function budgetCauses(answer: unknown): readonly unknown[] {
  const causes = valueAt(answer, 'details', 'causes');
  return Array.isArray(causes)
    ? causes.filter((cause) => textAt(cause, 'reason') === 'DisruptionBudget')
    : [];
}

function textAt(json: unknown, ...path: readonly string[]): string | undefined {
  const value = valueAt(json, ...path);
  return typeof value === 'string' ? value : undefined;
}

function valueAt(json: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, name) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, name)
        ? (value as Readonly<Record<string, unknown>>)[name]
        : undefined,
    json,
  );
}
