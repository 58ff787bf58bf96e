/** Tells the end of Amazon FinSpace from a line that is down: the host's name is gone while others are there. */
import type { AwsFailure } from '../../model/failure';
import { FINSPACE_REGIONS } from '../../model/finspace-regions';

/**
 * The failure, seen in this light. A name that does not resolve means nothing as long as no other name of AWS in the
 * region does either.
 */
export async function judgeEnd(
  failure: AwsFailure,
  region: string,
  lookup: (hostname: string) => Promise<unknown>,
): Promise<AwsFailure> {
  if (failure.name !== 'ENOTFOUND') return failure;
  const online = await lookup(`sts.${region}.amazonaws.com`).then(
    () => true,
    () => false,
  );
  if (!online) return failure;
  const reason = FINSPACE_REGIONS.includes(region) ? 'service-ended' : 'other';
  return { ...failure, reason, passing: false };
}
