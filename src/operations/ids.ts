/** Names that Slipway gives: to operations, and to requests so that AWS carries out each one once. */
import { randomBytes, randomUUID } from 'node:crypto';

const TIME_DIGITS = 9;
const RANDOM_DIGITS = 8;

/** An id that sorts by `now` (epoch milliseconds) among others: `^[0-9a-z]{17}$`. */
export function operationId(now: number): string {
  return now.toString(36).padStart(TIME_DIGITS, '0') + randomName();
}

/** Eight characters of `[0-9a-z]` from about 41 random bits. */
export function randomName(): string {
  const bits = randomBytes(6).readUIntBE(0, 6);
  return (bits % 36 ** RANDOM_DIGITS).toString(36).padStart(RANDOM_DIGITS, '0');
}

/**
 * A fresh idempotency token, `^[a-zA-Z0-9-]{36}$`: within the 1–64 characters of FinSpace's `clientToken`.
 * @see https://docs.aws.amazon.com/finspace/latest/management-api/API_UpdateKxClusterCodeConfiguration.html
 */
export function idempotencyToken(): string {
  return randomUUID();
}
