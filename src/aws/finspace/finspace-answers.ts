/** Maps FinSpace's shapes to the types of the domain. */
import type {
  GetKxClusterResponse,
  KxCluster,
  CodeConfiguration as KxCode,
  KxEnvironment,
} from '@aws-sdk/client-finspace';
import type { CodeLocation } from '../../model/code';
import type { KdbCluster, KdbClusterSummary, KdbEnvironment } from '../../model/kdb';
import { clusterPhase, environmentPhase } from '../../model/phase';
import { present } from '../../model/present';
import { awsSentence, millis } from '../sdk-answers';
import { hidden } from './argument-values';

export function environmentOf(environment: KxEnvironment): KdbEnvironment {
  const { environmentId = '', name = '', status = '', availabilityZoneIds = [] } = environment;
  const { environmentArn: arn, description, errorMessage: statusReason } = environment;
  return {
    id: environmentId,
    name,
    status,
    phase: environmentPhase(status),
    availabilityZoneIds,
    ...present({ arn, description, statusReason: awsSentence(statusReason) }),
  };
}

export function summaryOf(environmentId: string, cluster: KxCluster): KdbClusterSummary {
  const { clusterName = '', clusterType = '', status = '' } = cluster;
  return {
    environmentId,
    name: clusterName,
    type: clusterType,
    status,
    phase: clusterPhase(status),
    ...present({
      statusReason: awsSentence(cluster.statusReason),
      description: cluster.clusterDescription,
      releaseLabel: cluster.releaseLabel,
      createdAt: millis(cluster.createdTimestamp),
      modifiedAt: millis(cluster.lastModifiedTimestamp),
    }),
  };
}

export function clusterOf(environmentId: string, cluster: GetKxClusterResponse): KdbCluster {
  const { initializationScript, commandLineArguments = [], capacityConfiguration, executionRole } = cluster;
  const { nodeType, nodeCount } = capacityConfiguration ?? {};
  const summary = summaryOf(environmentId, cluster);
  return {
    ...summary,
    ...present({ statusReason: hidden(summary.statusReason, commandLineArguments) }),
    configuration: {
      commandLineArguments: commandLineArguments.map(({ key = '', value = '' }) => ({ key, value })),
      ...present({ code: locationOf(cluster.code), initializationScript: initializationScript || undefined }),
    },
    ...present({ nodeType, nodeCount, executionRole }),
  };
}

/**
 * The location of a cluster's code; undefined if the cluster was created without code. FinSpace may then
 * answer with an empty structure.
 */
function locationOf(code: KxCode | undefined): CodeLocation | undefined {
  const { s3Bucket: bucket, s3Key: key, s3ObjectVersion: versionId } = code ?? {};
  return bucket && key ? { bucket, key, ...present({ versionId }) } : undefined;
}
