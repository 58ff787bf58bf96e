/** API servers that cannot be reached for a while. */
import type { SandboxClock } from '../sandbox-service';

export class Outages {
  /** The end of each outage, by the cluster's ARN, in simulated milliseconds since start. */
  private readonly until = new Map<string, number>();

  constructor(private readonly clock: Pick<SandboxClock, 'elapsed'>) {}

  begin(arn: string, simulatedMs: number): void {
    this.until.set(arn, this.clock.elapsed() + simulatedMs);
  }

  isGone(arn: string): boolean {
    return this.clock.elapsed() < (this.until.get(arn) ?? 0);
  }
}
