/** A container's log lines, and the query for them. */

export interface ContainerLinesQuery {
  readonly namespace: string;
  /** Name of the pod. */
  readonly name: string;
  readonly container: string;
  /** True: lines of the container's previous run. */
  readonly previous?: boolean;
  /**
   * Lines from the beginning of this second on, in the form of {@link TimedLine.stamp}: the API server ignores
   * fractions of a second. Absent: the last `most` lines.
   */
  readonly since?: string;
  readonly most: number;
}

export interface TimedLine {
  /** The time in the kubelet's form, to the nanosecond. */
  readonly stamp: string;
  /** The same time in epoch milliseconds. */
  readonly at: number;
  readonly text: string;
}

export type ContainerLines =
  | { readonly code: 'lines'; readonly lines: readonly TimedLine[] }
  /** The log cannot be read; `message` gives the reason in Kubernetes' words. */
  | { readonly code: 'nothing'; readonly message: string }
  /** The pod does not exist. */
  | { readonly code: 'gone' };
