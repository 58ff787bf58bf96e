/** A helper thread: carries out one job after the other. */
import type { MessagePort } from 'node:worker_threads';
import { failureOf } from '../../model/failure';
import { Deflater } from '../zip/deflater';
import type { HelperAnswer, HelperOrder } from './helper-pool';
import type { Job, ResultOf } from './job';
import { ReadMemory } from './read-source';
import { runJob } from './run-job';

export function startHelper(port: MessagePort): void {
  const memory = new ReadMemory();
  const deflater = new Deflater();
  port.on('message', ({ id, job, cancel }: HelperOrder) => {
    try {
      const result = runJob(job, { memory, deflater, cancel });
      const answer: HelperAnswer = { id, result };
      port.postMessage(answer, handedOver(result));
    } catch (error) {
      const answer: HelperAnswer = { id, failure: failureOf(error) };
      port.postMessage(answer);
    }
  });
}

/**
 * The buffers to transfer to the coordinator, so that packed bytes are not copied. None for bytes in
 * shared memory, which need neither a transfer nor a copy.
 */
function handedOver(result: ResultOf<Job>): readonly ArrayBuffer[] {
  if (result === null || !('bytes' in result)) return [];
  const { buffer } = result.bytes;
  return buffer instanceof ArrayBuffer ? [buffer] : [];
}
