/** The log of a container, line by line, each line with its time. */
import type { ContainerLines, ContainerLinesQuery, TimedLine } from '../model/container-lines';
import { failureOf, isKubernetesReason } from '../model/failure';
import { textOf } from './body';
import type { ClusterCaller } from './cluster-caller';
import { RESOURCES } from './request';

/** The maximum number of bytes of one read: a container may write lines of any length. */
const LARGEST = 1024 * 1024;

/**
 * @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#get-read-log-of-the-specified-pod
 */
export async function containerLines(
  client: ClusterCaller,
  { namespace, name, container, previous = false, since, most }: ContainerLinesQuery,
  signal: AbortSignal,
): Promise<ContainerLines> {
  const query = {
    container,
    timestamps: 'true',
    limitBytes: String(LARGEST),
    ...(previous && { previous: 'true' }),
    ...(since === undefined ? { tailLines: String(most) } : { sinceTime: since }),
  };
  const asked = {
    verb: 'get',
    resource: RESOURCES.pods,
    place: { namespace, name, subresource: 'log' },
    query,
    accept: '*/*',
  } as const;
  try {
    const text = await client.send(asked, { signal }, (answer) => textOf(answer, client));
    return { code: 'lines', lines: timed(whole(text)) };
  } catch (thrown) {
    if (isKubernetesReason(thrown, 'not-found')) return { code: 'gone' };
    const failure = failureOf(thrown);
    // Either the container has not started, or it had no earlier run: the API server's message says which.
    if (failure.kind === 'kubernetes' && failure.reason === 'invalid')
      return { code: 'nothing', message: failure.message };
    throw thrown;
  }
}

/**
 * Leaves out the last line if the limit may have cut it: the next read finds the whole line. A single line
 * that is longer than the limit stays.
 */
function whole(text: string): string {
  return Buffer.byteLength(text) < LARGEST ? text : text.slice(0, text.lastIndexOf('\n') + 1) || text;
}

/**
 * Splits the text into lines with their times. A line that does not begin with a time continues the line before it.
 */
function timed(text: string): readonly TimedLine[] {
  const lines: TimedLine[] = [];
  for (const line of text.split('\n')) {
    const [, stamp, rest = ''] = /^(\d{4}-\d\d-\d\dT\S+Z) ?(.*)$/s.exec(line) ?? [];
    const before = lines.at(-1);
    if (stamp !== undefined) lines.push({ stamp, at: Date.parse(stamp), text: rest });
    else if (before && line !== '') lines[lines.length - 1] = { ...before, text: `${before.text}\n${line}` };
  }
  return lines;
}
