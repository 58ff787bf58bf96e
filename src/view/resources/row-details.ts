/** What is known of rows of EKS beyond their names: described a few at a time, then looked at for what needs attention. */
import type { Clock } from '../../model/clock';
import { failureOf } from '../../model/failure';
import { failureLine } from '../log';
import { type AttentionCount, type AttentionSource, attend, countOf, mayAttend } from './attention';
import type { Haste, ResourceSource } from './branches';
import { describe } from './describe';
import { type EksClusterNode, type EksNode, isEks, type NodegroupNode, type ThingNode } from './node';
import { RowReader } from './row-reader';

export interface DetailsParts {
  readonly source: ResourceSource;
  readonly attention: AttentionSource;
  readonly clock: Clock;
  readonly log: (message: string) => void;
}

export interface DetailsListener {
  /** The row looks different now. */
  changed(row: EksNode): void;
  /** The row is not being read any more. */
  settled(row: EksNode): void;
  /** Rows that are listed below a cluster. */
  below(cluster: EksClusterNode): readonly ThingNode[];
}

export class RowDetails {
  private readonly reader = new RowReader((row, haste, signal) => this.readRow(row, haste, signal));

  constructor(
    private readonly parts: DetailsParts,
    private readonly listener: DetailsListener,
  ) {}

  /** Reads rows from now on. */
  read(rows: Iterable<EksNode>, haste: Haste): void {
    this.reader.read(rows, haste);
  }

  /** Reads rows of which nothing was read yet. */
  readUnread(rows: readonly ThingNode[], haste: Haste): void {
    const isUnread = (row: EksNode): boolean =>
      row.readAt === undefined && row.failure === undefined && !this.reader.isPending(row);
    this.read(rows.filter(isEks).filter(isUnread), haste);
  }

  hasten(row: EksNode): void {
    this.reader.hasten(row);
  }

  stop(row: EksNode): void {
    this.reader.stop(row);
  }

  /** Whether a row needs attention; undefined while that is being found out. What could not be read may need it. */
  needs(row: EksNode): boolean | undefined {
    if (row.failure !== undefined) return true;
    if (row.attention !== undefined) return this.parts.attention.needs(row.attention);
    const isPending =
      this.reader.isPending(row) || (row.kind === 'nodegroup' && this.reader.isPending(row.parent));
    return isPending ? undefined : true;
  }

  count(rows: Iterable<EksNode>): AttentionCount {
    return countOf(rows, (attention) => this.parts.attention.needs(attention));
  }

  dispose(): void {
    this.reader.dispose();
  }

  private async readRow(row: EksNode, haste: Haste, signal: AbortSignal): Promise<void> {
    try {
      const version = versionOf(row);
      await this.changing(row, () => describe(row, this.parts, haste, signal));
      const looks = [row, ...this.comparedWith(row, version)].filter(mayAttend);
      await Promise.all(
        looks.map((one) => this.changing(one, () => attend(one, this.parts.attention, signal))),
      );
    } catch (thrown) {
      if (!signal.aborted) this.parts.log(`${row.id}: ${failureLine(failureOf(thrown))}`);
    } finally {
      this.listener.settled(row);
    }
  }

  /** Node groups that have waited for their cluster's version, or were compared with another one. */
  private comparedWith(row: EksNode, before: string | undefined): readonly NodegroupNode[] {
    if (row.kind === 'nodegroup') return [];
    const isNew = versionOf(row) !== before;
    return this.listener
      .below(row)
      .filter((one) => one.kind === 'nodegroup')
      .filter(({ nodegroup, attention }) => nodegroup && (isNew || attention === undefined));
  }

  /** A row that is drawn again loses the tooltip that the pointer rests on, so only one that changed is. */
  private async changing(row: EksNode, work: () => Promise<void>): Promise<void> {
    const before = saidBy(row);
    await work();
    if (saidBy(row) !== before) this.listener.changed(row);
  }
}

function versionOf(row: EksNode): string | undefined {
  return row.kind === 'eks-cluster' ? row.cluster?.version : undefined;
}

function saidBy(row: EksNode): string {
  const { asOf, failure, remembered, attention } = row;
  const described = row.kind === 'eks-cluster' ? [row.cluster, row.support] : row.nodegroup;
  return JSON.stringify([described, asOf, failure, remembered, attention]);
}
