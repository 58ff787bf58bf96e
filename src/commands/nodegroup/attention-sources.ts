/** One `AttentionSource` for each connection, shared by the tree and by plans so that AWS is asked once. */
import type { AwsPorts } from '../../aws/contract';
import type { Clock } from '../../model/clock';
import type { Connection } from '../../model/connection';
import { needsAttention } from '../../nodegroup/attention/attention';
import { AttentionSource } from '../../nodegroup/attention/attention-source';
import type { Sources } from '../../nodegroup/reading/situation';
import type { AttentionReader } from '../../view/resources/source';
import type { Drains } from '../ports';

export class AttentionSources {
  private readonly kept = new Map<string, { readonly ports: AwsPorts; readonly source: AttentionSource }>();

  constructor(
    private readonly ports: (connection: Connection) => Promise<AwsPorts>,
    private readonly clock: Clock,
    /** Absent if nothing inside clusters is read. */
    private readonly drains?: Drains,
  ) {}

  /** The connection's source; a new one after the connection's session was replaced. */
  async of(connection: Connection): Promise<AttentionSource> {
    const ports = await this.ports(connection);
    const kept = this.kept.get(connection.id);
    if (kept?.ports === ports) return kept.source;
    const source = new AttentionSource(ports, this.clock);
    this.kept.set(connection.id, { ports, source });
    return source;
  }

  /** The sources that a plan of the connection reads. */
  async sources(connection: Connection): Promise<Sources> {
    const { ports, releases } = await this.of(connection);
    const { drains } = this;
    return { ports, releases, ...(drains && { drain: (cluster) => drains(connection, cluster) }) };
  }

  /** The reader for the rows of the tree. */
  attention(): AttentionReader {
    return {
      cluster: async (connection, cluster, signal) => (await this.of(connection)).atCluster(cluster, signal),
      nodegroup: async (connection, nodegroup, controlPlane, signal) =>
        (await this.of(connection)).atNodegroup(nodegroup, controlPlane, signal),
      needs: needsAttention,
      forget: (connectionId) => {
        for (const [id, { source }] of this.kept) {
          if (connectionId === undefined || id === connectionId) source.forget();
        }
      },
    };
  }
}
