/** Ids of operations, and the tokens that make AWS carry out each request only once. */
import { randomBytes, randomUUID } from 'node:crypto';

const TIME_DIGITS = 9;
const RANDOM_DIGITS = 8;
const ID = /^[0-9a-z]{17}$/;
/**
 * `timeOfId` accepts only times before this one, in the year 5188: with more than nine digits for the time,
 * ids would no longer sort by time.
 */
const LATEST = 36 ** TIME_DIGITS - 36 ** 6;

/**
 * A new id, which matches `^[0-9a-z]{17}$`. It begins with the time, so that ids sort by their times.
 * @param now epoch milliseconds
 */
export function operationId(now: number): string {
  return now.toString(36).padStart(TIME_DIGITS, '0') + randomName();
}

/**
 * Reads the time with which an id begins.
 * @returns epoch milliseconds; undefined if the text cannot be an id that {@link operationId} made
 */
export function timeOfId(id: string): number | undefined {
  const time = ID.test(id) ? Number.parseInt(id.slice(0, TIME_DIGITS), 36) : Number.NaN;
  return time > 0 && time < LATEST ? time : undefined;
}

/** Eight characters of `[0-9a-z]` from about 41 random bits. */
export function randomName(): string {
  const bits = randomBytes(6).readUIntBE(0, 6);
  return (bits % 36 ** RANDOM_DIGITS).toString(36).padStart(RANDOM_DIGITS, '0');
}

/**
 * A fresh idempotency token, `^[a-zA-Z0-9-]{36}$`. It is short enough for every service to which Slipway
 * sends changes: the lowest limit is 64 characters.
 */
export function idempotencyToken(): string {
  return randomUUID();
}
