/** The part of the fault campaign that deploys to workloads, in their cluster. */
import { campaign } from './campaign';
import { WORKLOAD_FLOWS } from './flows';

await campaign(WORKLOAD_FLOWS, { cases: 1_100, services: ['eks', 'kubernetes', 's3', 'sts'] });
