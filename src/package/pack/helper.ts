/** A helper thread: carries out one job after the other. */
import type { MessagePort } from 'node:worker_threads';
import { failureOf } from '../../model/failure';
import type { HelperAnswer, HelperOrder } from './helper-pool';
import { ReadMemory } from './read-source';
import { runJob } from './run-job';

export function startHelper(port: MessagePort): void {
  const memory = new ReadMemory();
  port.on('message', ({ id, job, cancel }: HelperOrder) => {
    try {
      const result = runJob(job, { memory, cancel });
      const answer: HelperAnswer = { id, result };
      // What was packed is handed over, not copied.
      port.postMessage(
        answer,
        result !== null && 'bytes' in result ? [result.bytes.buffer as ArrayBuffer] : [],
      );
    } catch (error) {
      const answer: HelperAnswer = { id, failure: failureOf(error) };
      port.postMessage(answer);
    }
  });
}
