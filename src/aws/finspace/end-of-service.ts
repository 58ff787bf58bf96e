/**
 * Distinguishes the end of Amazon FinSpace from a broken network: after the end, FinSpace's host name does not
 * resolve while other host names do.
 */
import type { AwsFailure } from '../../model/failure';
import { FINSPACE_REGIONS } from '../../model/kdb';

/**
 * Returns the failure to report. If FinSpace's host name does not resolve while that of STS in the same region
 * does, the failure becomes permanent, with the reason `service-ended` in a region that had FinSpace and
 * `other` elsewhere. If neither resolves, the failure proves nothing and stays unchanged.
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
