/**
 * A process that tests kill: it uses the ledger and the lease as a window does, says on standard output what it has
 * done, a word a line, and stops where it was told to. Arguments: what to do, the folder, and where to stop.
 */
import { mkdir, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '../../src/model/clock';
import { createLease } from '../../src/operations/lease';
import { openLedger } from '../../src/operations/ledger';
import { planned, request } from './data';

const [, , task, folder = '', stopAt] = process.argv;

function say(word: string): Promise<unknown> {
  process.stdout.write(`${word}\n`);
  return word === stopAt ? new Promise(() => setInterval(() => undefined, 1000)) : Promise.resolve();
}

const ledger = await openLedger({ folder, clock: systemClock });
const lease = createLease(folder, ledger.writer, systemClock);

switch (task) {
  case 'deploy': {
    const journal = await ledger.begin(planned());
    await say('planned');
    await journal.step('put');
    await say('step');
    await journal.sending(request);
    await say('sending');
    await journal.accepted('req-1');
    await say('accepted');
    await journal.ended({ state: 'succeeded' });
    await say('ended');
    break;
  }
  case 'write': {
    const journal = await ledger.begin(planned());
    for (let i = 0; ; i++) {
      await journal.step(String(i));
      await say(String(i));
    }
  }
  case 'hold': {
    while (!(await lease.hold())) await systemClock.sleep(20, new AbortController().signal);
    await say('holding');
    break;
  }
  case 'compete': {
    for (let i = 0; i < 100; ) {
      if (!(await lease.hold())) continue;
      // A folder can be made by one process only.
      await mkdir(join(folder, 'only-one')).catch(() => say('broken'));
      await rmdir(join(folder, 'only-one')).catch(() => say('broken'));
      await lease.release();
      i += 1;
    }
    await say('done');
  }
}
await ledger.dispose();
