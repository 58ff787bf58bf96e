/** The configuration that a target is meant to have, and the target's own findings about it. */
import type { Clock } from '../../model/clock';
import type { CodeConfiguration, CodeLocation } from '../../model/code';
import { type ConfigurationWithCode, configurationAfter } from '../configuration';
import { codeKey } from '../naming';
import type { OwnChecks, TargetReading } from '../port/deploy-target';
import { type Strategy, strategyNamed } from '../port/strategy';
import type { PlanInput } from './input';
import type { Readings } from './readings';

export interface Wish {
  /** The configuration that the user chose. The strategy may keep some parts of the current one instead. */
  readonly wanted: CodeConfiguration;
  readonly strategy: Strategy;
  readonly next: ConfigurationWithCode;
}

export function wishOf(input: PlanInput, target: TargetReading, code: CodeLocation): Wish {
  const { configuration: current } = target;
  const wanted = configurationAfter(current, code, input);
  const chosen = input.strategy === 'automatic' ? target.automatic(wanted) : input.strategy;
  const strategy = strategyNamed(input.destination.kind.strategies, chosen);
  return { wanted, strategy, next: strategy.keepsRest ? { ...current, code } : wanted };
}

export function findingsOf(
  { destination: { connection } }: PlanInput,
  { identity, bucket, target }: Readings,
  { next, strategy }: Wish,
  now: number,
  signal: AbortSignal,
): OwnChecks | Promise<OwnChecks> {
  const owner = { accountId: identity.accountId, region: connection.region };
  const isSandbox = connection.source.kind === 'sandbox';
  return target.checks({ owner, isSandbox, next, strategy: strategy.id, bucket, now }, signal);
}

/** Stands for the digest of a folder that is still being read. */
const LATER = '0'.repeat(64);

/**
 * For a plan that no user reads, requests the target's findings while the folder is still being read. The
 * zip's key, which contains the folder's digest, is not known yet, so {@link LATER} takes the place of the
 * digest. Undefined for an existing zip, and for a plan that a user will read.
 */
export function foreseenFindings(
  input: PlanInput,
  reading: Promise<Readings>,
  clock: Clock,
  signal: AbortSignal,
): Promise<OwnChecks> | undefined {
  const { destination, source, unread = false } = input;
  if (!unread || source.kind === 'zip') return undefined;
  const at = { bucket: destination.bucket, key: codeKey(destination.prefix, LATER) };
  const found = reading.then((readings) =>
    findingsOf(input, readings, wishOf(input, readings.target, at), clock.now(), signal),
  );
  // The caller awaits the findings only after it has read the folder: until then, a failure must not count as
  // unhandled.
  found.catch(() => undefined);
  return found;
}
