/**
 * Regions that had Amazon FinSpace Managed kdb Insights.
 * @see https://docs.aws.amazon.com/general/latest/gr/finspace.html
 */
export const FINSPACE_REGIONS: readonly string[] = [
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
];
