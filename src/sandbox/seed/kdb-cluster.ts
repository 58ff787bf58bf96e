/** Makes a kdb cluster. Facts that the caller does not give get the sample shop's defaults. */
import { type ClusterFacts, type ClusterStatus, KdbCluster } from '../finspace/cluster';
import type { CodeConfiguration } from '../finspace/shapes';

type Given = Pick<ClusterFacts, 'name' | 'type' | 'createdAt' | 'availabilityZoneIds'> &
  Partial<ClusterFacts>;

interface Situation {
  readonly status?: ClusterStatus;
  readonly statusReason?: string;
  readonly configuration?: CodeConfiguration;
}

const USE: Readonly<Record<ClusterFacts['type'], string>> = {
  HDB: 'Historical database',
  RDB: 'Real-time database',
  GATEWAY: 'Gateway to the databases',
  GP: 'General purpose',
  TICKERPLANT: 'Ticker plant',
};

/** Makes a cluster that is RUNNING and has no code, unless the last argument says otherwise. */
export function newKdbCluster(
  given: Given,
  accountId: string,
  { status = 'RUNNING', statusReason, configuration }: Situation = {},
): KdbCluster {
  const cluster = new KdbCluster(
    {
      description: USE[given.type],
      releaseLabel: '1.0',
      azMode: 'SINGLE',
      executionRole: `arn:aws:iam::${accountId}:role/finspace-kdb-execution`,
      nodeType: 'kx.s.xlarge',
      nodeCount: 1,
      vpc: {
        vpcId: 'vpc-0f3a9c21d47be5806',
        securityGroupIds: ['sg-05d8b7716c2e94af3'],
        subnetIds: ['subnet-0c41de97b8a52f360'],
      },
      ...given,
    },
    status,
    configuration,
  );
  cluster.statusReason = statusReason;
  return cluster;
}
