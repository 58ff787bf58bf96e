/** The client of one AWS service, and the port that sends the service's requests through a caller. */
import type { Caller } from './caller';

export interface Adapter<Port> {
  port(call: Caller): Port;
  /** Closes the client's connections. */
  close(): void;
}
