/** Log groups of the sandbox's CloudWatch Logs, filled by its services. */
import type { SandboxClock } from '../sandbox-service';

export interface LogEvent {
  readonly stream: string;
  /** Epoch milliseconds. */
  readonly timestamp: number;
  readonly message: string;
  readonly eventId: string;
}

interface LogGroup {
  readonly region: string;
  readonly name: string;
  readonly events: LogEvent[];
}

export class LogStore {
  private readonly groups: LogGroup[] = [];
  private lastEventId = 0;

  constructor(private readonly clock: SandboxClock) {}

  /** Adds lines at the present time; makes the group and the stream where they do not exist. */
  append(region: string, groupName: string, stream: string, lines: readonly string[]): void {
    let group = this.find(region, groupName);
    if (!group) {
      group = { region, name: groupName, events: [] };
      this.groups.push(group);
    }
    for (const message of lines) {
      this.lastEventId += 1;
      const eventId = String(this.lastEventId).padStart(56, '3');
      group.events.push({ stream, timestamp: this.clock.now(), message, eventId });
    }
  }

  /** Events in the order of their times; undefined when there is no such group. */
  events(region: string, groupName: string): readonly LogEvent[] | undefined {
    return this.find(region, groupName)?.events;
  }

  private find(region: string, name: string): LogGroup | undefined {
    return this.groups.find((group) => group.region === region && group.name === name);
  }
}
