/** Ids of operations, and the tokens that make AWS carry out each request only once. */
import { randomBytes, randomUUID } from 'node:crypto';

const TIME_DIGITS = 9;
const RANDOM_DIGITS = 8;
const ID = /^[0-9a-z]{17}$/;
/** The latest time in an id, in the year 5188: with more than nine digits, ids would no longer sort by time. */
const LATEST = 36 ** TIME_DIGITS - 36 ** 6;

/** An id that sorts by `now` (epoch milliseconds) among other ids: `^[0-9a-z]{17}$`. */
export function operationId(now: number): string {
  return now.toString(36).padStart(TIME_DIGITS, '0') + randomName();
}

/** The time in an id of {@link operationId}, epoch milliseconds; undefined for a text that cannot contain one. */
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
 * A fresh idempotency token, `^[a-zA-Z0-9-]{36}$`: short enough for every service to which Slipway sends changes (at
 * most 64 characters).
 */
export function idempotencyToken(): string {
  return randomUUID();
}
