/** Waits between tries. */

/**
 * Milliseconds to wait after `tries` failed ones: exponential, with full jitter, as the SDK's standard mode does it.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
export function backOff(baseMs: number, tries: number, mostMs = Number.POSITIVE_INFINITY): number {
  return Math.random() * Math.min(mostMs, baseMs * 2 ** tries);
}
