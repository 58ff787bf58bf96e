/** Amazon EKS: clusters, their node groups, add-ons, insights and updates, and the available versions. */
import {
  DescribeAddonCommand,
  DescribeAddonVersionsCommand,
  DescribeClusterCommand,
  DescribeClusterVersionsCommand,
  DescribeInsightCommand,
  DescribeNodegroupCommand,
  DescribeUpdateCommand,
  EKSClient,
  ListAddonsCommand,
  ListClustersCommand,
  ListInsightsCommand,
  ListNodegroupsCommand,
  ListUpdatesCommand,
} from '@aws-sdk/client-eks';
import { present } from '../../model/present';
import type { Eks } from '../../nodegroup/ports';
import type { Adapter } from '../adapter';
import { type Caller, sends } from '../caller';
import { type ClientSettings, clientConfig } from '../client-config';
import { given, pageOf } from '../sdk-answers';
import { changesOf } from './changes';
import {
  addonOf,
  addonVersionsOf,
  clusterOf,
  clusterVersionOf,
  insightDetailsOf,
  insightOf,
  nodegroupOf,
  updateOf,
} from './eks-answers';

export function openEks(settings: ClientSettings): Adapter<Eks> {
  const client = new EKSClient(clientConfig(settings));
  return {
    close: () => client.destroy(),
    port: (call) => ({
      ...clustersOf(client, call),
      ...nodegroupsOf(client, call),
      ...updatesOf(client, call),
      ...readinessOf(client, call),
      ...changesOf(client, call),
    }),
  };
}

function clustersOf(client: EKSClient, call: Caller): Pick<Eks, 'listClusters' | 'describeCluster'> {
  return {
    async listClusters(nextToken, signal) {
      const command = new ListClustersCommand({ nextToken });
      const output = await call.request('ListClusters', '', signal, sends(client, command));
      return pageOf(output.clusters, output.nextToken);
    },
    async describeCluster(name, signal) {
      const command = new DescribeClusterCommand({ name });
      const output = await call.request('DescribeCluster', name, signal, sends(client, command));
      return clusterOf(given(output.cluster, 'DescribeCluster'));
    },
  };
}

function nodegroupsOf(client: EKSClient, call: Caller): Pick<Eks, 'listNodegroups' | 'describeNodegroup'> {
  return {
    async listNodegroups(clusterName, nextToken, signal) {
      const command = new ListNodegroupsCommand({ clusterName, nextToken });
      const output = await call.request('ListNodegroups', clusterName, signal, sends(client, command));
      return pageOf(output.nodegroups, output.nextToken);
    },
    async describeNodegroup(clusterName, nodegroupName, signal) {
      const command = new DescribeNodegroupCommand({ clusterName, nodegroupName });
      const resource = `${clusterName}/${nodegroupName}`;
      const output = await call.request('DescribeNodegroup', resource, signal, sends(client, command));
      return nodegroupOf(given(output.nodegroup, 'DescribeNodegroup'));
    },
  };
}

function updatesOf(client: EKSClient, call: Caller): Pick<Eks, 'describeUpdate' | 'listUpdates'> {
  return {
    async describeUpdate(name, nodegroupName, updateId, signal) {
      const command = new DescribeUpdateCommand({ name, nodegroupName, updateId });
      const resource = [name, nodegroupName, updateId].filter((part) => part !== undefined).join('/');
      const output = await call.request('DescribeUpdate', resource, signal, sends(client, command));
      return updateOf(given(output.update, 'DescribeUpdate'));
    },
    async listUpdates(name, nodegroupName, nextToken, signal) {
      const command = new ListUpdatesCommand({ name, nodegroupName, nextToken });
      const resource = [name, nodegroupName].filter((part) => part !== undefined).join('/');
      const output = await call.request('ListUpdates', resource, signal, sends(client, command));
      return pageOf(output.updateIds, output.nextToken);
    },
  };
}

function readinessOf(
  client: EKSClient,
  call: Caller,
): Pick<
  Eks,
  'clusterVersions' | 'listInsights' | 'describeInsight' | 'listAddons' | 'describeAddon' | 'addonVersions'
> {
  return {
    async clusterVersions(nextToken, signal) {
      // Without this option, EKS leaves out versions that it no longer supports, but node groups may still run them.
      const command = new DescribeClusterVersionsCommand({ includeAll: true, nextToken });
      const output = await call.request('DescribeClusterVersions', '', signal, sends(client, command));
      return pageOf(output.clusterVersions?.map(clusterVersionOf), output.nextToken);
    },
    async listInsights(clusterName, nextToken, signal) {
      const command = new ListInsightsCommand({ clusterName, nextToken });
      const output = await call.request('ListInsights', clusterName, signal, sends(client, command));
      return pageOf(output.insights?.map(insightOf), output.nextToken);
    },
    async describeInsight(clusterName, id, signal) {
      const command = new DescribeInsightCommand({ clusterName, id });
      const output = await call.request(
        'DescribeInsight',
        `${clusterName}/${id}`,
        signal,
        sends(client, command),
      );
      return insightDetailsOf(given(output.insight, 'DescribeInsight'));
    },
    async listAddons(clusterName, nextToken, signal) {
      const command = new ListAddonsCommand({ clusterName, nextToken });
      const output = await call.request('ListAddons', clusterName, signal, sends(client, command));
      return pageOf(output.addons, output.nextToken);
    },
    async describeAddon(clusterName, addonName, signal) {
      const command = new DescribeAddonCommand({ clusterName, addonName });
      const output = await call.request(
        'DescribeAddon',
        `${clusterName}/${addonName}`,
        signal,
        sends(client, command),
      );
      return addonOf(given(output.addon, 'DescribeAddon'));
    },
    async addonVersions({ addon, kubernetesVersion }, nextToken, signal) {
      const command = new DescribeAddonVersionsCommand({
        nextToken,
        ...present({ addonName: addon, kubernetesVersion }),
      });
      const output = await call.request('DescribeAddonVersions', addon ?? '', signal, sends(client, command));
      return pageOf(output.addons?.flatMap(addonVersionsOf), output.nextToken);
    },
  };
}
