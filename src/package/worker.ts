/** The program of Slipway's packing threads: of the coordinator, which the extension starts, and of its helpers. */
import { parentPort, workerData } from 'node:worker_threads';
import { Coordinator } from './pack/coordinator';
import { startHelper } from './pack/helper';
import type { RunOrder, WorkerRole } from './pack/protocol';

if (parentPort === null) throw new Error('this program runs in a worker thread');

const role = workerData as WorkerRole;
if (role.role === 'helper') {
  startHelper(parentPort);
} else {
  const coordinator = new Coordinator(__filename, role.owner);
  let last = Promise.resolve();
  parentPort.on('message', (order: RunOrder) => {
    last = last.then(() => coordinator.runOrder(order));
  });
}
