/** The deployed zips of all connections; the last few of each connection stay open. */

import { DeployedZips } from '../../deploy/deployed-zips';
import type { ObjectStore } from '../../deploy/ports';
import { getOrMake } from '../../model/cache';
import { type Connection, connectionFromId } from '../../model/connection';
import { failureOf } from '../../model/failure';
import type { CodeFile } from '../../view/code-files';
import { refuse } from '../../view/messages/refusals/commands';
import type { Notifier } from '../../view/notify';
import type { Ports } from '../ports';

export class CodeZips {
  /** Weak, so that the zips of a replaced session are freed. */
  private readonly opened = new WeakMap<ObjectStore, DeployedZips>();

  constructor(
    private readonly ports: Ports,
    private readonly notify: Notifier,
  ) {}

  async of(connection: Connection): Promise<DeployedZips> {
    const { objects } = await this.ports(connection);
    return getOrMake(this.opened, objects, () => new DeployedZips(objects));
  }

  /** Reads a file inside a deployed zip, for an editor. @throws errors whose messages are for the user */
  async readFile({ connectionId, at, path }: CodeFile): Promise<Uint8Array> {
    try {
      const connection = connectionFromId(connectionId);
      if (connection === undefined) throw refuse('no-such-connection', { connection: connectionId });
      const zips = await this.of(connection);
      return await zips.read(at, path, new AbortController().signal);
    } catch (thrown) {
      throw new Error(this.notify.words(failureOf(thrown)), { cause: thrown });
    }
  }
}
