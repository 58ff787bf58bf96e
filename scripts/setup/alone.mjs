// Lets one process at a time install: two that install into the same folder take its files from under each other.
import { randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const LOOK_EVERY_MS = 250;

/**
 * Does the work once no other process holds the lock. A process that ended without giving it back holds nothing.
 * @template T
 * @param {string} lock File that names the process that holds it.
 * @param {() => Promise<T>} work
 * @param {{ signal: AbortSignal, waiting?: (process: number) => void }} options `waiting` is called once.
 * @returns {Promise<T>}
 */
export async function alone(lock, work, { signal, waiting = () => undefined }) {
  mkdirSync(dirname(lock), { recursive: true });
  const own = `${lock}.${randomUUID()}`;
  writeFileSync(own, String(process.pid));
  try {
    for (let waits = false; !taken(own, lock); waits = true) {
      const holder = holderOf(lock);
      if (holder === undefined) continue;
      if (!isAlive(holder)) rmSync(lock, { force: true });
      else {
        if (!waits) waiting(holder);
        await delay(LOOK_EVERY_MS, undefined, { signal });
      }
    }
    try {
      return await work();
    } finally {
      rmSync(lock, { force: true });
    }
  } finally {
    rmSync(own, { force: true });
  }
}

/** A link appears with its content: nobody reads a lock that names no process yet. @param {string} own @param {string} lock */
function taken(own, lock) {
  try {
    linkSync(own, lock);
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false;
    throw error;
  }
}

/** Undefined where it was given back meanwhile. @param {string} lock */
function holderOf(lock) {
  try {
    return Number(readFileSync(lock, 'utf8'));
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** @param {number} holder */
function isAlive(holder) {
  try {
    process.kill(holder, 0);
    return true;
  } catch (error) {
    // Another user's process may not be asked, and lives.
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}
