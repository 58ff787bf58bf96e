/** Finds this user's sandbox, or starts it, and keeps it awake while this window uses it. */

import type { Clock } from '../model/clock';
import { refuse } from '../model/refusals';
import { SharedWork } from '../model/shared-work';
import {
  control,
  lastWords,
  readAddress,
  type SandboxAddress,
  type SandboxProgram,
  startProgram,
} from './sandbox-process';

export interface SandboxParts extends SandboxProgram {
  readonly mayStart: boolean;
  readonly clock: Clock;
}

/** For this many milliseconds after an answer, a sandbox counts as running. */
const FRESH_MS = 5_000;
const HEARTBEAT_MS = 60_000;
const LOOK_AGAIN_MS = 50;
const START_TIMEOUT_MS = 20_000;

export class Sandbox {
  private readonly ended = new AbortController();
  private readonly finding = new SharedWork((signal) => this.findOrStart(signal));
  private known: SandboxAddress | undefined;
  private answeredAt = 0;

  constructor(private readonly parts: SandboxParts) {}

  /**
   * The address of the running sandbox, which is started if necessary.
   * @throws refused `sandbox-not-running` if none runs and none may be started, `sandbox-not-started` if
   * starting it failed
   */
  async find(signal: AbortSignal): Promise<SandboxAddress> {
    const { known } = this;
    if (known !== undefined && this.parts.clock.now() - this.answeredAt < FRESH_MS) return known;
    return await this.finding.join(signal);
  }

  /** Stops the heartbeats: the sandbox ends after a while unless another window uses it. */
  dispose(): void {
    this.ended.abort();
  }

  private async findOrStart(signal: AbortSignal): Promise<SandboxAddress> {
    const found = await this.living();
    if (found !== undefined) return this.use(found);
    if (!this.parts.mayStart) throw refuse('sandbox-not-running');
    return this.use(await this.start(signal));
  }

  private async living(): Promise<SandboxAddress | undefined> {
    const address = await readAddress(this.parts.file);
    return address !== undefined && (await control(address, 'GET', 'ping')) ? address : undefined;
  }

  private async start(signal: AbortSignal): Promise<SandboxAddress> {
    const { clock } = this.parts;
    const deadline = clock.now() + START_TIMEOUT_MS;
    const ending = await startProgram(this.parts);
    for (;;) {
      // Whether the program has ended is read first, and the address second: the program also ends, without an
      // error, if another window's sandbox is already running, and the address of that sandbox must then be
      // found.
      const ended = ending();
      const found = await this.living();
      if (found !== undefined) return found;
      const facts = ended ?? (clock.now() > deadline ? { waitedMs: START_TIMEOUT_MS } : undefined);
      if (facts !== undefined) {
        throw refuse('sandbox-not-started', { ...facts, said: await lastWords(this.parts.file) });
      }
      await clock.sleep(LOOK_AGAIN_MS, signal);
    }
  }

  private use(address: SandboxAddress): SandboxAddress {
    this.answeredAt = this.parts.clock.now();
    if (this.known?.controlToken !== address.controlToken) {
      this.known = address;
      this.keepAwake(address).catch(() => undefined);
    }
    return address;
  }

  /** Sends heartbeats until this object is disposed of, the sandbox ends, or another sandbox is used. */
  private async keepAwake(address: SandboxAddress): Promise<void> {
    while (this.known === address) {
      await this.parts.clock.sleep(HEARTBEAT_MS, this.ended.signal);
      if (!(await control(address, 'POST', 'heartbeat')) && this.known === address) this.known = undefined;
    }
  }
}
