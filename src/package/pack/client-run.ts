/** The extension host's side of one run of the packer. */

import { MessageChannel, type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import { failed } from '../../model/failure';
import { present } from '../../model/present';
import type { Manifest } from '../manifest';
import type { PackedZip, PackProgress, PackRequest } from '../packer';
import { cancelFlag, raise } from './cancel';
import type { CoordinatorThread } from './coordinator-thread';
import { applyDelta } from './manifest-delta';
import type { ClientMessage, Head, Lists, RunMessage, RunOrder, TreeQuestion } from './protocol';
import { ListsInProgress } from './slices';
import { answerFrom } from './tree-server';

export interface RunResult {
  readonly manifest: Manifest;
  readonly lists: Lists;
  readonly zip?: Omit<PackedZip, 'manifest'>;
}

export class ClientRun {
  /** Rejects at once when the signal aborts; the packing thread may notice the abort a moment later. */
  readonly result: Promise<RunResult>;
  private readonly cancel = cancelFlag();
  private resolve: (result: RunResult) => void = () => undefined;
  private reject: (error: unknown) => void = () => undefined;

  constructor(
    private readonly order: Pick<RunOrder, 'kind' | 'expected'>,
    private readonly request: PackRequest,
    private readonly signal: AbortSignal,
    private readonly report: ((progress: PackProgress) => void) | undefined,
  ) {
    const aborted = (): void => {
      raise(this.cancel);
      this.reject(signal.reason);
    };
    this.result = new Promise<RunResult>((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    }).finally(() => signal.removeEventListener('abort', aborted));
    signal.addEventListener('abort', aborted, { once: true });
    if (signal.aborted) aborted();
  }

  /**
   * Sends the order. Resolves when the thread is free again or has ended, whatever the result of the run; at
   * once if the signal is already aborted.
   */
  async start(thread: CoordinatorThread, held: Manifest | undefined): Promise<void> {
    if (this.signal.aborted) return;
    const { port1, port2 } = new MessageChannel();
    const { tree, ...request } = this.request;
    const order: RunOrder = {
      ...this.order,
      request,
      virtual: tree !== undefined,
      ...present({ held: held?.digest }),
      cancel: this.cancel,
      port: port2,
    };
    try {
      await this.sendOrder(thread, order, port1, held);
    } catch (error) {
      this.reject(error);
    } finally {
      port1.close();
    }
  }

  private sendOrder(
    thread: CoordinatorThread,
    order: RunOrder,
    port: MessagePort,
    held: Manifest | undefined,
  ): Promise<void> {
    return new Promise((over, lost) => {
      const sent = thread.send(order, (message) => lost(failed({ kind: 'unexpected', message })));
      port.on('message', (message: RunMessage) => {
        if (message.kind === 'over') {
          sent.release();
          over();
        } else {
          this.received(message, port, held);
        }
      });
    });
  }

  private received(
    message: Exclude<RunMessage, { kind: 'over' }>,
    port: MessagePort,
    held: Manifest | undefined,
  ): void {
    switch (message.kind) {
      case 'progress':
        if (!this.signal.aborted) this.report?.(message.progress);
        return;
      case 'ask':
        void this.told(message.id, message.ask, port);
        return;
      case 'failed':
        this.reject(failed(message.failure));
        return;
      case 'done':
        this.collect(message.head, message.slices, held).catch(this.reject);
    }
  }

  private async told(id: number, question: TreeQuestion, port: MessagePort): Promise<void> {
    const send = (message: ClientMessage): void => port.postMessage(message);
    // A file system that ignores the signal must not keep the packing thread waiting for an answer.
    const aborted = (): void => send({ kind: 'refused', id, code: 'AbortError' });
    this.signal.addEventListener('abort', aborted, { once: true });
    if (this.signal.aborted) aborted();
    try {
      for await (const answer of answerFrom(this.request.tree, question, this.signal)) {
        send({ kind: 'told', id, answer });
      }
    } catch (error) {
      send({ kind: 'refused', id, code: codeOf(error) });
    } finally {
      this.signal.removeEventListener('abort', aborted);
    }
  }

  /** Receives the answer's slices, one in each turn of the event loop. */
  private async collect(
    { manifest, splices, slices: count, zip }: Head,
    slices: MessagePort,
    held: Manifest | undefined,
  ): Promise<void> {
    const lists = new ListsInProgress();
    for (let taken = 0; taken < count; taken++) {
      const received = receiveMessageOnPort(slices) as { readonly message: Partial<Lists> } | undefined;
      if (received === undefined) throw new Error('the answer of the packing thread is not complete');
      lists.add(received.message);
      await new Promise(setImmediate);
    }
    slices.close();
    const { entries: told } = lists;
    const entries = held && splices ? applyDelta(held.entries, { splices, entries: told }) : told;
    this.resolve({ manifest: { ...manifest, entries }, lists, ...present({ zip }) });
  }
}

/** The code that Node or VS Code gives a file system error; for an error without a code, its message. */
function codeOf(error: unknown): string {
  if (error instanceof Object && 'code' in error && typeof error.code === 'string') return error.code;
  return error instanceof Error ? error.message : String(error);
}
