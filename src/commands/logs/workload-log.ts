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

/**
 * The largest number of lines that one read shows of a container if none of its lines is known yet. If there
 * are more, the last lines are shown.
 */
const FIRST_LINES = 200;
/**
 * Milliseconds between two polls: `INTERVAL_MS` or, if that is longer, `EACH_MS` for each container, since
 * each container needs a request.
 */
const [INTERVAL_MS, EACH_MS] = [3_000, 100];
/** After this many polls without a line, a container is read only at every fifth poll. */
const QUIET_LOOKS = 3;
const QUIET_EACH = 5;

/** How far a container has been read. */
interface Read {
  readonly restarts: number;
  /** The lines whose time is in the same second as that of the last line: the next poll finds them again. */
  readonly last: readonly TimedLine[];
  /** The last remark about the container. It is not made again until its reason has changed. */
  readonly said?: string;
  /** Number of polls since the last poll that found lines. */
  readonly quiet: number;
}

/** The result of one poll of a container, and how far the container has then been read. */
interface Look {
  readonly key: string;
  readonly batch: LogBatch;
  readonly read: Read;
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
      const looks = await Promise.all(
        pods.flatMap((pod) => pod.containers.map((one) => this.look(source, pod, one, signal))),
      );
      // Kept only now: if a read fails, the lines of the other containers are not yielded either, and are read again.
      for (const { key, read } of looks) this.read.set(key, read);
      yield joined([{ lines: this.gone(pods) }, ...looks.map(({ batch }) => batch)]);
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
  ): Promise<Look> {
    const key = `${pod.uid}/${container.name}`;
    const known = this.read.get(key);
    const { restarts, last, said, quiet }: Read = known ?? {
      restarts: container.restarts,
      last: [],
      quiet: 0,
    };
    if (known && isLeftOut(known, container))
      return { key, batch: { lines: [] }, read: { ...known, quiet: quiet + 1 } };
    const newLines = (after: readonly TimedLine[], previous: boolean): Promise<NewLines> =>
      readNew(source, pod, container, after, previous, signal);
    // If the container has restarted, its new lines before the restart; none if Kubernetes no longer keeps them.
    const ends: Omit<NewLines, 'code'> =
      container.restarts === restarts ? { lines: [], last } : await newLines(last, true);
    const now = await newLines(ends.last, false);
    const found = [...ends.lines, ...now.lines];
    const stream = `${pod.name}/${container.name}`;
    const why = now.code === 'nothing' ? nothingWords(now.message, pod, container) : undefined;
    const lines = found.map(({ at, text }): LogLine => ({ at, stream, text }));
    if (why !== undefined && why !== said) lines.push({ at: this.clock.now(), stream, text: remark(why) });
    return {
      key,
      batch: { lines, ...((ends.isCut || now.isCut) && { isCut: true }) },
      read: {
        restarts: container.restarts,
        last: now.last,
        quiet: found.length > 0 ? 0 : quiet + 1,
        ...present({ said: why }),
      },
    };
  }
}

/** Lines that were not known before the read, and {@link Read.last} after it. */
type NewLines = Pick<Read, 'last'> & { readonly lines: readonly TimedLine[]; readonly isCut?: boolean } & (
    | { readonly code: 'lines' | 'gone' }
    | { readonly code: 'nothing'; readonly message: string }
  );

async function readNew(
  source: PodLines,
  { namespace, name }: WorkloadPod,
  { name: container }: PodContainer,
  known: readonly TimedLine[],
  previous: boolean,
  signal: AbortSignal,
): Promise<NewLines> {
  const since = known[0]?.stamp;
  const answer = await source.lines(
    {
      namespace,
      name,
      container,
      // One line more than is shown is requested, to find out whether there are more lines.
      most: FIRST_LINES + 1,
      ...(previous && { previous }),
      ...present({ since }),
    },
    signal,
  );
  if (answer.code !== 'lines') return { ...answer, lines: [], last: known };
  const end = answer.lines.at(-1);
  const last = end === undefined ? known : answer.lines.filter((line) => secondOf(line) === secondOf(end));
  const lines = withoutKnown(answer.lines, known);
  const isCut = since === undefined && lines.length > FIRST_LINES;
  return { code: 'lines', lines: isCut ? lines.slice(-FIRST_LINES) : lines, last, isCut };
}

function secondOf({ at }: TimedLine): number {
  return Math.floor(at / 1000);
}

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

/**
 * The lines without the known ones, and without lines older than the known ones, which the first read left
 * out. A line that occurs several times is left out only as often as it is known.
 */
function withoutKnown(lines: readonly TimedLine[], known: readonly TimedLine[]): readonly TimedLine[] {
  const left = [...known];
  const from = known[0]?.stamp ?? '';
  return lines.filter(({ stamp, text }) => {
    if (stamp < from) return false;
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
