/**
 * The coordinator's end of a run's port: sends progress, questions, and the answer, whose long lists are cut
 * into slices.
 */
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { Failure } from '../../model/failure';
import type { PackProgress } from '../packer';
import type { ClientMessage, Head, Lists, RunMessage, TreeAnswer, TreeQuestion } from './protocol';
import { slicesOf } from './slices';

/** Least time (ms) between two reports of progress. */
const PROGRESS_EVERY = 100;

export interface RunAnswer {
  readonly head: Omit<Head, 'slices'>;
  readonly lists: Lists;
}

interface Question {
  readonly tell: (answer: TreeAnswer) => void;
  readonly refuse: (code: string) => void;
}

export class RunPort {
  private readonly questions = new Map<number, Question>();
  private lastId = 0;
  private reportedAt = 0;

  constructor(private readonly port: MessagePort) {
    port.on('message', (message: ClientMessage) => this.received(message));
  }

  report(progress: PackProgress): void {
    const now = performance.now();
    if (now - this.reportedAt < PROGRESS_EVERY) return;
    this.reportedAt = now;
    this.send({ kind: 'progress', progress });
  }

  /**
   * Asks the extension host. Calls `question.tell` with each part of the answer, or `question.refuse` with
   * the code of the error.
   */
  ask(ask: TreeQuestion, question: Question): void {
    this.lastId += 1;
    this.questions.set(this.lastId, question);
    this.send({ kind: 'ask', id: this.lastId, ask });
  }

  answer({ head, lists }: RunAnswer): void {
    const { port1, port2 } = new MessageChannel();
    const slices = slicesOf(lists);
    for (const slice of slices) port1.postMessage(slice);
    this.port.postMessage({ kind: 'done', head: { ...head, slices: slices.length }, slices: port2 }, [port2]);
  }

  fail(failure: Failure): void {
    this.send({ kind: 'failed', failure });
  }

  over(): void {
    this.send({ kind: 'over' });
  }

  private send(message: RunMessage): void {
    this.port.postMessage(message);
  }

  private received(message: ClientMessage): void {
    const question = this.questions.get(message.id);
    const isLast = message.kind === 'refused' || !('slice' in message.answer) || message.answer.isLast;
    if (isLast) this.questions.delete(message.id);
    if (message.kind === 'refused') question?.refuse(message.code);
    else question?.tell(message.answer);
  }
}
