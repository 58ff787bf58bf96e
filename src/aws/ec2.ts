/**
 * Launch templates and subnets. EC2's client is by far the largest, so it is loaded only when one of these is needed.
 */
import {
  DescribeLaunchTemplateVersionsCommand,
  DescribeSubnetsCommand,
  EC2Client,
  type LaunchTemplateVersion as Ec2LaunchTemplateVersion,
} from '@aws-sdk/client-ec2';
import type { LaunchTemplateVersion } from '../model/eks';
import { allItems } from '../model/page';
import { present } from '../model/present';
import type { Compute } from '../nodegroup/ports';
import type { Adapter } from './adapter';
import { sends } from './caller';
import { type ClientSettings, clientConfig } from './client-config';
import { millis, pageOf } from './sdk-answers';

export function openCompute(settings: ClientSettings): Adapter<Compute> {
  const client = new EC2Client(clientConfig(settings));
  return {
    close: () => client.destroy(),
    port: (call) => ({
      async launchTemplateVersions({ id, name }, NextToken, signal) {
        // EC2 accepts the id or the name, never both.
        const template = id === undefined ? { LaunchTemplateName: name } : { LaunchTemplateId: id };
        const command = new DescribeLaunchTemplateVersionsCommand({ ...template, NextToken });
        const output = await call.request(
          'DescribeLaunchTemplateVersions',
          id ?? name ?? '',
          signal,
          sends(client, command),
        );
        return pageOf(output.LaunchTemplateVersions?.map(templateVersionOf), output.NextToken);
      },
      async subnets(ids, signal) {
        if (ids.length === 0) return [];
        return await allItems(async (NextToken) => {
          const command = new DescribeSubnetsCommand({ SubnetIds: [...ids], NextToken });
          const output = await call.request('DescribeSubnets', ids.join(' '), signal, sends(client, command));
          const subnets = output.Subnets?.map(
            ({ SubnetId = '', AvailabilityZone, AvailableIpAddressCount }) => ({
              id: SubnetId,
              ...present({ availabilityZone: AvailabilityZone, freeAddresses: AvailableIpAddressCount }),
            }),
          );
          return pageOf(subnets, output.NextToken);
        });
      },
    }),
  };
}

function templateVersionOf(version: Ec2LaunchTemplateVersion): LaunchTemplateVersion {
  const {
    LaunchTemplateId = '',
    LaunchTemplateName = '',
    VersionNumber = 0,
    DefaultVersion = false,
  } = version;
  return {
    templateId: LaunchTemplateId,
    templateName: LaunchTemplateName,
    number: VersionNumber,
    isDefault: DefaultVersion,
    ...present({
      description: version.VersionDescription,
      createdAt: millis(version.CreateTime),
      createdBy: version.CreatedBy,
      imageId: version.LaunchTemplateData?.ImageId,
      instanceType: version.LaunchTemplateData?.InstanceType,
    }),
  };
}
