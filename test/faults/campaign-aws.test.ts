/** The part of the fault campaign that changes what AWS's own services hold: kdb clusters and node groups. */
import { campaign } from './campaign';
import { AWS_FLOWS } from './flows';

await campaign(AWS_FLOWS, {
  cases: 1_700,
  services: ['ec2', 'eks', 'finspace', 's3', 'ssm', 'sts'],
});
