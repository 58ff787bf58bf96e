/** What is to become of a target, and what the target itself finds about that. */
import type { Clock } from '../../model/clock';
import type { CodeConfiguration, CodeLocation } from '../../model/code';
import { type ConfigurationWithCode, configurationAfter } from '../configuration';
import { codeKey } from '../naming';
import type { OwnChecks, TargetReading } from '../port/deploy-target';
import { type Strategy, strategyNamed } from '../port/strategy';
import type { PlanInput } from './input';
import type { Readings } from './readings';

export interface Wish {
  /** What was chosen, whatever the strategy makes of it. */
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

/** Stands for the digest of a folder that is still being packed. */
const LATER = '0'.repeat(64);

/**
 * The findings while the folder is still being packed, where nobody is going to read the plan: all that is not known of the
 * code by then is its digest, which the name of its zip tells. Undefined where nothing is to be packed, or somebody reads.
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
  // Whoever waits for the folder as well hears of what is thrown.
  found.catch(() => undefined);
  return found;
}
