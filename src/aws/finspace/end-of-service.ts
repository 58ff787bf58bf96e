/** Tells the end of Amazon FinSpace from a line that is down: the host's name is gone while others are there. */
import type { AwsFailure } from '../../model/failure';

/**
 * Regions that had Managed kdb Insights.
 * @see https://docs.aws.amazon.com/general/latest/gr/finspace.html
 */
const REGIONS: ReadonlySet<string> = new Set([
  'us-east-1',
  'us-east-2',
  'us-west-2',
  'ca-central-1',
  'eu-west-1',
  'eu-west-2',
  'eu-central-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'ap-northeast-1',
]);

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
  const reason = REGIONS.has(region) ? 'service-ended' : 'other';
  return { ...failure, reason, passing: false };
}
