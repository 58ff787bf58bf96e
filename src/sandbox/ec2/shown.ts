/** Launch templates and subnets in the form of EC2's XML. */
import type { JsonObject } from '../protocols/operation';
import { isoTime } from '../s3/xml';
import type { LaunchTemplate, LaunchTemplateVersion } from './launch-templates';
import type { Subnet } from './subnets';

export function shownTemplate(template: LaunchTemplate, accountId: string): JsonObject {
  return {
    launchTemplateId: template.id,
    launchTemplateName: template.name,
    createTime: isoTime(template.versions[0]?.createdAt ?? 0),
    createdBy: `arn:aws:iam::${accountId}:root`,
    defaultVersionNumber: template.defaultVersion,
    latestVersionNumber: template.versions.at(-1)?.number ?? 0,
    tagSet: Object.entries(template.tags).map(([key, value]) => ({ key, value })),
  };
}

export function shownVersion(
  template: LaunchTemplate,
  version: LaunchTemplateVersion,
  accountId: string,
): JsonObject {
  return {
    launchTemplateId: template.id,
    launchTemplateName: template.name,
    versionNumber: version.number,
    versionDescription: version.description,
    createTime: isoTime(version.createdAt),
    createdBy: `arn:aws:iam::${accountId}:root`,
    defaultVersion: version.number === template.defaultVersion,
    launchTemplateData: { imageId: version.imageId, instanceType: version.instanceType },
  };
}

export function shownSubnet(subnet: Subnet, accountId: string): JsonObject {
  return {
    subnetId: subnet.id,
    subnetArn: `arn:aws:ec2:${subnet.region}:${accountId}:subnet/${subnet.id}`,
    state: 'available',
    vpcId: subnet.vpcId,
    cidrBlock: subnet.cidrBlock,
    availableIpAddressCount: subnet.freeAddresses,
    availabilityZone: subnet.availabilityZone,
    availabilityZoneId: subnet.availabilityZoneId,
    ownerId: accountId,
    tagSet: [{ key: 'Name', value: subnet.name }],
  };
}
