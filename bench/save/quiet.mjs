// Waits until the extension follows nothing any more.
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** The host's own temporary folder lies beside its user data. */
const UNFINISHED = join(dirname(tmpdir()), 'user-data/User/globalStorage/slipway.slipway/ledger/unfinished');
const POLL_MS = 100;

/** @param {() => Promise<void>} hurry Lets AWS end what it works on. */
export async function untilQuiet(hurry) {
  while (readdirSync(UNFINISHED).length > 0) {
    await hurry();
    await pause(POLL_MS);
  }
}
