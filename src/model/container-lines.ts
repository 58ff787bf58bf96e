/** A container's log lines, and the query for them. */

export interface ContainerLinesQuery {
  readonly namespace: string;
  /** Of the pod. */
  readonly name: string;
  readonly container: string;
  /** Of its run before this one. */
  readonly previous?: boolean;
  /** From this time on, as {@link TimedLine.stamp}; absent: the last `most` lines. */
  readonly since?: string;
  readonly most: number;
}

export interface TimedLine {
  /** As the kubelet writes the time, to the nanosecond. */
  readonly stamp: string;
  /** The same, epoch milliseconds. */
  readonly at: number;
  readonly text: string;
}

export type ContainerLines =
  | { readonly code: 'lines'; readonly lines: readonly TimedLine[] }
  /** Why its log cannot be read, in Kubernetes' words. */
  | { readonly code: 'nothing'; readonly message: string }
  /** No such pod. */
  | { readonly code: 'gone' };
