/**
 * The coordinator's thread, as controlled by the extension host: started on demand, ended after a time without work.
 */
import { Worker } from 'node:worker_threads';
import type { RunOrder, WorkerRole } from './protocol';

/**
 * A sent order. The thread counts as idle, and may be ended, only once every sent order has been released.
 */
export interface SentOrder {
  /** To be called when the run is over. */
  release(): void;
}

export class CoordinatorThread {
  private worker: Worker | undefined;
  private idle: NodeJS.Timeout | undefined;
  /** One callback for each run under way, called if the thread ends unexpectedly. */
  private readonly onLost = new Set<(message: string) => void>();

  constructor(
    private readonly workerFile: string,
    private readonly owner: string,
    private readonly idleMs: number,
  ) {}

  /**
   * @param onLost called with the reason if the thread ends unexpectedly before the order is released
   * @throws if the thread cannot be started, or the order cannot be sent to it
   */
  send(order: RunOrder, onLost: (message: string) => void): SentOrder {
    clearTimeout(this.idle);
    this.worker ??= this.start();
    this.worker.ref();
    this.onLost.add(onLost);
    try {
      this.worker.postMessage(order, [order.port]);
    } catch (error) {
      this.release(onLost);
      throw error;
    }
    return { release: () => this.release(onLost) };
  }

  async end(): Promise<void> {
    clearTimeout(this.idle);
    const { worker } = this;
    this.worker = undefined;
    await worker?.terminate();
  }

  private start(): Worker {
    const role: WorkerRole = { role: 'coordinator', owner: this.owner };
    const worker = new Worker(this.workerFile, { workerData: role });
    worker.on('error', (error) => this.lose(worker, error.message));
    worker.on('exit', (code) => this.lose(worker, `the packing thread ended with code ${code}`));
    return worker;
  }

  private lose(worker: Worker, message: string): void {
    if (this.worker !== worker) return;
    this.worker = undefined;
    const lost = [...this.onLost];
    this.onLost.clear();
    for (const tell of lost) tell(message);
  }

  private release(onLost: (message: string) => void): void {
    this.onLost.delete(onLost);
    if (this.onLost.size > 0) return;
    this.worker?.unref();
    this.idle = setTimeout(() => void this.end(), this.idleMs).unref();
  }
}
