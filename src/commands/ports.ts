/** How commands reach AWS: the ports of a connection, opened on first use. */
import type { AwsPorts } from '../aws/contract';
import type { Connection } from '../model/connection';

/** The ports for what the user waits for. */
export type Ports = (connection: Connection) => Promise<AwsPorts>;
