/** Amazon EC2, limited to Slipway's requests: launch templates and subnets. */
import { operation } from '../protocols/operation';
import { type Page, pageOf } from '../protocols/pages';
import { QueryService } from '../protocols/query';
import { Refusal } from '../protocols/refusal';
import type { SandboxService } from '../sandbox-service';
import type { SandboxSettings } from '../settings';
import { list, structure, text, textInteger } from '../shapes';
import { type LaunchTemplate, type LaunchTemplates, versionOf } from './launch-templates';
import { shownSubnet, shownTemplate, shownVersion } from './shown';
import type { Subnet, Subnets } from './subnets';

export interface Ec2Parts {
  readonly accountId: string;
  readonly settings: SandboxSettings;
  readonly templates: LaunchTemplates;
  readonly subnets: Subnets;
}

const paging = { MaxResults: textInteger({ min: 1, max: 1000 }), NextToken: text() };

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeLaunchTemplates.html */
const describeLaunchTemplates = structure({
  LaunchTemplateId: list(text()),
  LaunchTemplateName: list(text({ min: 3, max: 128 })),
  ...paging,
});

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeLaunchTemplateVersions.html */
const describeLaunchTemplateVersions = structure({
  LaunchTemplateId: text(),
  LaunchTemplateName: text({ min: 3, max: 128 }),
  LaunchTemplateVersion: list(text()),
  MinVersion: textInteger(),
  MaxVersion: textInteger(),
  ...paging,
});

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSubnets.html */
const describeSubnets = structure({
  SubnetId: list(text()),
  Filter: list(structure({ Name: text(), Value: list(text()) }, ['Name', 'Value'])),
  ...paging,
});

export function ec2Service(parts: Ec2Parts): SandboxService {
  const { accountId, settings, templates, subnets } = parts;
  return new QueryService(
    {
      signingName: 'ec2',
      invalidCode: 'InvalidParameterValue',
      answer: (name, members, requestId) =>
        `<${name}Response xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">` +
        `<requestId>${requestId}</requestId>${members}</${name}Response>`,
      error: (codeAndMessage, requestId) =>
        `<Response><Errors><Error>${codeAndMessage}</Error></Errors>` +
        `<RequestID>${requestId}</RequestID></Response>`,
    },
    [
      operation('DescribeLaunchTemplates', describeLaunchTemplates, (input, { region }) => {
        const { LaunchTemplateId: ids, LaunchTemplateName: names } = input;
        const found = ids
          ? ids.map((id) => templateById(templates, region, id))
          : names
            ? names.map((name) => templateByName(templates, region, name))
            : templates.list(region);
        const page = paged(settings, 'launch-templates', found, input);
        return {
          launchTemplates: page.items.map((template) => shownTemplate(template, accountId)),
          nextToken: page.nextToken,
        };
      }),
      operation('DescribeLaunchTemplateVersions', describeLaunchTemplateVersions, (input, { region }) => {
        const template = templateOf(templates, region, input);
        const asked = input.LaunchTemplateVersion?.map((version) => versionOf(template, version));
        if (asked?.includes(undefined))
          throw new Refusal(
            400,
            'InvalidLaunchTemplateId.VersionNotFound',
            `Could not find the specified version ${input.LaunchTemplateVersion} for the launch template with ID ${template.id}.`,
          );
        const found = (asked ?? template.versions).filter((version) => version !== undefined);
        const { MinVersion: min = 1, MaxVersion: max = Number.POSITIVE_INFINITY } = input;
        const newestFirst = found
          .filter(({ number }) => number >= min && number <= max)
          .sort((a, b) => b.number - a.number);
        const page = paged(settings, `versions ${template.id}`, newestFirst, input);
        return {
          launchTemplateVersionSet: page.items.map((version) => shownVersion(template, version, accountId)),
          nextToken: page.nextToken,
        };
      }),
      operation('DescribeSubnets', describeSubnets, (input, { region }) => {
        const ids = input.SubnetId;
        const missing = ids?.find((id) => subnets.find(region, [id]).length === 0);
        if (missing)
          throw new Refusal(400, 'InvalidSubnetID.NotFound', `The subnet ID '${missing}' does not exist`);
        const found = (ids ? subnets.find(region, ids) : subnets.list(region)).filter((subnet) =>
          (input.Filter ?? []).every(({ Name: name, Value: values }) =>
            values.includes(filtered(subnet, name)),
          ),
        );
        const page = paged(settings, 'subnets', found, input);
        return {
          subnetSet: page.items.map((subnet) => shownSubnet(subnet, accountId)),
          nextToken: page.nextToken,
        };
      }),
    ],
  );
}

function templateById(templates: LaunchTemplates, region: string, id: string): LaunchTemplate {
  const found = templates.byId(region, id);
  if (!found)
    throw new Refusal(
      400,
      'InvalidLaunchTemplateId.NotFound',
      `The specified launch template, with template ID ${id}, does not exist.`,
    );
  return found;
}

function templateByName(templates: LaunchTemplates, region: string, name: string): LaunchTemplate {
  const found = templates.byName(region, name);
  if (!found)
    throw new Refusal(
      400,
      'InvalidLaunchTemplateName.NotFoundException',
      'At least one of the launch templates specified in the request does not exist.',
    );
  return found;
}

function templateOf(
  templates: LaunchTemplates,
  region: string,
  {
    LaunchTemplateId: id,
    LaunchTemplateName: name,
  }: { LaunchTemplateId?: string; LaunchTemplateName?: string },
): LaunchTemplate {
  if (id !== undefined && name !== undefined)
    throw new Refusal(
      400,
      'InvalidParameterCombination',
      'Specify the id or the name of the template, not both.',
    );
  if (id !== undefined) return templateById(templates, region, id);
  if (name !== undefined) return templateByName(templates, region, name);
  throw new Refusal(
    400,
    'MissingParameter',
    'The request must contain LaunchTemplateId or LaunchTemplateName.',
  );
}

function filtered(subnet: Subnet, filter: string): string {
  switch (filter) {
    case 'vpc-id':
      return subnet.vpcId;
    case 'subnet-id':
      return subnet.id;
    case 'availability-zone':
      return subnet.availabilityZone;
    default:
      throw new Refusal(400, 'InvalidParameterValue', `The filter '${filter}' is invalid`);
  }
}

function paged<T>(
  settings: SandboxSettings,
  name: string,
  all: readonly T[],
  { MaxResults: maxResults, NextToken: nextToken }: { MaxResults?: number; NextToken?: string },
): Page<T> {
  const page = pageOf(all, { list: name, maxResults, nextToken, ceiling: settings.current.pageSize });
  if (!page) throw new Refusal(400, 'InvalidNextToken', 'The specified nextToken is not valid.');
  return page;
}
