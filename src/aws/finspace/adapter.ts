/** Amazon FinSpace through its client, which exists in one version only (3.523.0). */
import {
  FinspaceClient,
  GetKxClusterCommand,
  GetKxEnvironmentCommand,
  ListKxClustersCommand,
  ListKxEnvironmentsCommand,
  UpdateKxClusterCodeConfigurationCommand,
} from '@aws-sdk/client-finspace';
import type { CodeUpdateRequest, FinSpace } from '../../deploy/finspace/ports';
import { present } from '../../model/present';
import type { Adapter } from '../adapter';
import { sends } from '../caller';
import { type ClientSettings, clientConfig } from '../client-config';
import { pageOf } from '../sdk-answers';
import { hidingValues } from './argument-values';
import { clusterOf, environmentOf, summaryOf } from './finspace-answers';

/**
 * Creates a client that always has an endpoint: otherwise it would take the endpoint of the default profile
 * in the files, even if the connection uses another profile.
 */
export function finspaceClient(settings: ClientSettings): FinspaceClient {
  const client = new FinspaceClient(clientConfig(settings));
  if (settings.endpoint !== undefined) return client;
  const { region, variants } = settings;
  const { url } = client.config.endpointProvider({
    Region: region,
    UseFIPS: variants?.fips ?? false,
    UseDualStack: variants?.dualStack ?? false,
  });
  client.destroy();
  return new FinspaceClient(clientConfig({ ...settings, endpoint: url.href }));
}

export function openFinSpace(settings: ClientSettings): Adapter<FinSpace> {
  const client = finspaceClient(settings);
  return {
    close: () => client.destroy(),
    port: (call) => ({
      async listEnvironments(nextToken, signal) {
        const command = new ListKxEnvironmentsCommand(present({ nextToken }));
        const output = await call.request('ListKxEnvironments', '', signal, sends(client, command));
        return pageOf(output.environments?.map(environmentOf), output.nextToken);
      },
      async getEnvironment(environmentId, signal) {
        const command = new GetKxEnvironmentCommand({ environmentId });
        const output = await call.request('GetKxEnvironment', environmentId, signal, sends(client, command));
        return environmentOf(output);
      },
      async listClusters(environmentId, nextToken, signal) {
        const command = new ListKxClustersCommand({ environmentId, ...present({ nextToken }) });
        const output = await call.request('ListKxClusters', environmentId, signal, sends(client, command));
        const clusters = output.kxClusterSummaries?.map((cluster) => summaryOf(environmentId, cluster));
        return pageOf(clusters, output.nextToken);
      },
      async getCluster(environmentId, clusterName, signal) {
        const command = new GetKxClusterCommand({ environmentId, clusterName });
        const output = await call.request(
          'GetKxCluster',
          `${environmentId}/${clusterName}`,
          signal,
          sends(client, command),
        );
        return clusterOf(environmentId, output);
      },
      async updateCode(request, signal) {
        const resource = `${request.environmentId}/${request.clusterName}`;
        const command = new UpdateKxClusterCodeConfigurationCommand(inputOf(request));
        const output = await hidingValues(
          request.commandLineArguments ?? [],
          call.change('UpdateKxClusterCodeConfiguration', resource, signal, sends(client, command)),
        );
        return present({ requestId: output.$metadata.requestId });
      },
    }),
  };
}

function inputOf({ environmentId, clusterName, clientToken, code, strategy, ...rest }: CodeUpdateRequest) {
  const { initializationScript, commandLineArguments } = rest;
  return {
    environmentId,
    clusterName,
    clientToken,
    code: { s3Bucket: code.bucket, s3Key: code.key, ...present({ s3ObjectVersion: code.versionId }) },
    deploymentConfiguration: { deploymentStrategy: strategy },
    ...present({
      initializationScript,
      commandLineArguments: commandLineArguments && [...commandLineArguments],
    }),
  };
}
