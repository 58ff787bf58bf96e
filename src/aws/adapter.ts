/** One service's client, and its port, which sends through a caller. */
import type { Caller } from './caller';

export interface Adapter<Port> {
  port(call: Caller): Port;
  /** Closes the client's connections. */
  close(): void;
}
