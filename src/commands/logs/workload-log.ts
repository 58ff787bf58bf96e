/** The output of a workload's containers as one log: polled, with each line passed on once. */

import * as l10n from '@vscode/l10n';
import type { Clock } from '../../model/clock';
import type { ContainerLines, ContainerLinesQuery, TimedLine } from '../../model/container-lines';
import type { LogBatch, LogLine, LogSource } from '../../model/log-source';
import { isOrdinaryWait } from '../../model/pod-trouble';
import { present } from '../../model/present';
import type { PodContainer, WorkloadPod } from '../../model/workload';

/** Reads the pods and their lines. */
export interface PodLines {
  /** The pods that belong to the workload now. */
  pods(signal: AbortSignal): Promise<readonly WorkloadPod[]>;
  lines(query: ContainerLinesQuery, signal: AbortSignal): Promise<ContainerLines>;
}

/** The largest number of lines that the first poll reads from each container. */
const FIRST_LINES = 200;
/** Milliseconds between two polls: the minimum, and an addition for each container, since each needs a request. */
const [INTERVAL_MS, EACH_MS] = [3_000, 100];
/** After this many polls without a line, a container is read only at every fifth poll. */
const QUIET_LOOKS = 3;
const QUIET_EACH = 5;

/** How far a container has been read. */
interface Read {
  restarts: number;
  /** The lines that have the same time as the last line: the next poll finds them again. */
  last: readonly TimedLine[];
  /** The last remark about the container, which is not repeated. */
  said?: string;
  /** Number of polls since the last poll that found lines. */
  quiet: number;
}

export class WorkloadLog implements LogSource {
  private readonly read = new Map<string, Read>();
  /** Names of the pods at the last poll, by uid. */
  private podNames: ReadonlyMap<string, string> = new Map();

  constructor(
    private readonly source: () => Promise<PodLines>,
    private readonly clock: Clock,
  ) {}

  /** @throws the failure to read pods or logs */
  async *follow(signal: AbortSignal): AsyncGenerator<LogBatch, void> {
    const source = await this.source();
    while (!signal.aborted) {
      const pods = await source.pods(signal);
      const batches = await Promise.all(
        pods.flatMap((pod) => pod.containers.map((one) => this.look(source, pod, one, signal))),
      );
      yield joined([{ lines: this.gone(pods) }, ...batches]);
      const containers = pods.reduce((sum, { containers: all }) => sum + all.length, 0);
      await this.clock.sleep(Math.max(INTERVAL_MS, EACH_MS * containers), signal);
    }
  }

  private gone(pods: readonly WorkloadPod[]): readonly LogLine[] {
    const names = new Map(pods.map(({ uid, name }) => [uid, name]));
    const lost = [...this.podNames].filter(([uid]) => !names.has(uid));
    this.podNames = names;
    for (const [uid] of lost)
      for (const key of this.read.keys()) if (key.startsWith(`${uid}/`)) this.read.delete(key);
    return lost.map(([, name]) => ({
      at: this.clock.now(),
      stream: name,
      text: remark(l10n.t('this pod is gone')),
    }));
  }

  private async look(
    source: PodLines,
    pod: WorkloadPod,
    container: PodContainer,
    signal: AbortSignal,
  ): Promise<LogBatch> {
    const key = `${pod.uid}/${container.name}`;
    const known = this.read.get(key);
    const read: Read = known ?? { restarts: container.restarts, last: [], quiet: 0 };
    this.read.set(key, read);
    if (isLeftOut(read, container)) {
      read.quiet += 1;
      return { lines: [] };
    }
    const ends = await this.restOfEarlierRun(source, pod, container, read, signal);
    const now = await this.newLines(source, pod, container, read, false, signal);
    read.quiet = ends.length + now.lines.length > 0 ? 0 : read.quiet + 1;
    const stream = `${pod.name}/${container.name}`;
    const lines = [...ends, ...now.lines].map(({ at, text }): LogLine => ({ at, stream, text }));
    const remarks = this.remarks(read, now, pod, container, stream);
    return {
      lines: [...lines, ...remarks],
      ...(known === undefined && now.lines.length === FIRST_LINES && { isCut: true as const }),
    };
  }

  /** The container's lines before its restart; none if Kubernetes no longer keeps that run. */
  private async restOfEarlierRun(
    source: PodLines,
    pod: WorkloadPod,
    container: PodContainer,
    read: Read,
    signal: AbortSignal,
  ): Promise<readonly TimedLine[]> {
    if (container.restarts === read.restarts) return [];
    const { lines } = await this.newLines(source, pod, container, read, true, signal);
    read.restarts = container.restarts;
    return lines;
  }

  private async newLines(
    source: PodLines,
    { namespace, name }: WorkloadPod,
    { name: container }: PodContainer,
    read: Read,
    previous: boolean,
    signal: AbortSignal,
  ): Promise<NewLines> {
    const since = read.last[0]?.stamp;
    const answer = await source.lines(
      {
        namespace,
        name,
        container,
        most: FIRST_LINES,
        ...(previous && { previous }),
        ...present({ since }),
      },
      signal,
    );
    if (answer.code !== 'lines') return { ...answer, lines: [] };
    const lines = withoutKnown(answer.lines, read.last);
    const last = answer.lines.at(-1);
    if (last) read.last = answer.lines.filter(({ stamp }) => stamp === last.stamp);
    return { code: 'lines', lines };
  }

  /**
   * A line which says why a container writes nothing; empty if it writes lines, or if the same reason was
   * already given.
   */
  private remarks(
    read: Read,
    now: NewLines,
    pod: WorkloadPod,
    container: PodContainer,
    stream: string,
  ): readonly LogLine[] {
    const said = now.code === 'nothing' ? nothingWords(now.message, pod, container) : undefined;
    if (said === read.said) return [];
    if (said === undefined) {
      delete read.said;
      return [];
    }
    read.said = said;
    return [{ at: this.clock.now(), stream, text: remark(said) }];
  }
}

type NewLines = { readonly lines: readonly TimedLine[] } & (
  | { readonly code: 'lines' | 'gone' }
  | { readonly code: 'nothing'; readonly message: string }
);

/**
 * True if this poll leaves the container out because its last polls found no lines, as is usual for init
 * containers that have ended and for most sidecars.
 */
function isLeftOut({ restarts, quiet, said }: Read, container: PodContainer): boolean {
  const isSame = container.restarts === restarts && said === undefined;
  return isSame && quiet >= QUIET_LOOKS && quiet % QUIET_EACH !== 0;
}

function joined(batches: readonly LogBatch[]): LogBatch {
  const lines = batches.flatMap((batch) => batch.lines);
  const isCut = batches.some((batch) => batch.isCut === true);
  return { lines: lines.sort((a, b) => a.at - b.at), ...(isCut && { isCut: true }) };
}

/** The lines without the known ones. A line that occurs several times is left out only as often as it is known. */
function withoutKnown(lines: readonly TimedLine[], known: readonly TimedLine[]): readonly TimedLine[] {
  const left = [...known];
  return lines.filter(({ stamp, text }) => {
    const at = left.findIndex((one) => one.stamp === stamp && one.text === text);
    if (at !== -1) left.splice(at, 1);
    return at === -1;
  });
}

/** A remark by Slipway, marked so that it is not mistaken for a container's line. */
function remark(words: string): string {
  return `— ${words} —`;
}

function nothingWords(message: string, { containers }: WorkloadPod, container: PodContainer): string {
  const { waiting } = container;
  const before = containers.slice(0, containers.indexOf(container));
  const init =
    before.find((one) => one.waiting !== undefined && !isOrdinaryWait(one.waiting)) ?? before.at(-1);
  if (waiting === 'PodInitializing' && init)
    return l10n.t('has not begun: it waits for the init container {0}', { 0: init.name });
  return l10n.t('nothing to read yet. Kubernetes says: {0}', { 0: message });
}
