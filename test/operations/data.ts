/** Operations, requests and failures that tests start from. */
import type { AwsFailure } from '../../src/model/failure';
import type { PlannedOperation, SentRequest } from '../../src/operations/operation';

export const forever = new AbortController().signal;

export function planned(change: Partial<PlannedOperation> = {}): PlannedOperation {
  return {
    kind: 'code',
    subject: {
      connectionId: 'sandbox:us-east-1',
      region: 'us-east-1',
      accountId: '123456789012',
      path: ['env', 'rdb'],
      label: 'env / rdb',
    },
    plan: { files: 3 },
    ...change,
  };
}

export const request: SentRequest = {
  service: 'finspace',
  operation: 'UpdateKxClusterCodeConfiguration',
  input: { environmentId: 'env', clusterName: 'rdb', clientToken: 'token-1' },
  token: 'token-1',
};

export function awsFailure(change: Partial<AwsFailure> = {}): AwsFailure {
  return {
    kind: 'aws',
    reason: 'server',
    service: 'finspace',
    operation: 'GetKxCluster',
    name: 'InternalServerException',
    message: 'try again',
    passing: true,
    answered: true,
    ...change,
  };
}
