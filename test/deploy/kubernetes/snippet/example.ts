/** Parameters of a snippet, as the wizard would have asked for them. */
import {
  type SnippetParameters,
  USUAL_DATABASE_PATH,
  USUAL_IMAGES,
} from '../../../../src/deploy/kubernetes/snippet/parameters';

const CLUSTER_ARN = 'arn:aws:eks:us-east-1:111122223333:cluster/trading-prod';

/** A kdb workload with Pod Identity. */
export const KDB: SnippetParameters = {
  clusterArn: CLUSTER_ARN,
  kind: 'StatefulSet',
  namespace: 'shop',
  workload: 'hdb',
  container: 'hdb',
  program: ['q', '--'],
  kdb: { database: 'trades', databasePath: USUAL_DATABASE_PATH },
  bucket: 'acme-code',
  prefix: 'hdb',
  region: 'us-east-1',
  serviceAccount: 'hdb',
  rights: 'pod-identity',
  images: USUAL_IMAGES,
};

/** A Python service with IRSA. */
export const PYTHON: SnippetParameters = {
  ...withoutKdb(KDB),
  kind: 'Deployment',
  workload: 'pricing',
  container: 'main',
  program: ['python3', '-u', '--'],
  prefix: '',
  serviceAccount: 'pricing',
  rights: 'irsa',
};

function withoutKdb({ kdb: _, ...rest }: SnippetParameters): SnippetParameters {
  return rest;
}
