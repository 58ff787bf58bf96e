/**
 * The required form of the answers of AWS STS, Systems Manager, EC2 and CloudWatch Logs, for the members that Slipway
 * uses.
 */

import { count, flag, list, maybe, members, type Shape, text, time, word } from '../../model/shape';
import type { AnswerRule } from './rule';

const json = { kind: 'json' } as const;
const xml = (operation: string, shapes: Readonly<Record<string, Shape>>): AnswerRule => ({
  body: { kind: 'xml', root: `${operation}Response`, flags: ['defaultVersion'] },
  output: members(shapes),
});

const credentials = {
  Credentials: members({
    AccessKeyId: word,
    SecretAccessKey: word,
    SessionToken: maybe(text),
    Expiration: maybe(time),
  }),
};

const subnet = members({
  SubnetId: word,
  AvailabilityZone: maybe(text),
  AvailableIpAddressCount: maybe(count),
});

const templateVersion = members({
  LaunchTemplateId: word,
  LaunchTemplateName: maybe(text),
  VersionNumber: count,
  DefaultVersion: maybe(flag),
  VersionDescription: maybe(text),
  CreateTime: maybe(time),
  CreatedBy: maybe(text),
  LaunchTemplateData: maybe(members({ ImageId: maybe(text), InstanceType: maybe(text) })),
});

export const OTHER_ANSWERS: Readonly<Record<string, AnswerRule>> = {
  GetCallerIdentity: xml('GetCallerIdentity', { Account: word, Arn: word }),
  AssumeRole: xml('AssumeRole', credentials),
  AssumeRoleWithWebIdentity: xml('AssumeRoleWithWebIdentity', credentials),
  GetParameter: { body: json, output: members({ Parameter: members({ Value: word }) }) },
  DescribeSubnets: xml('DescribeSubnets', { Subnets: maybe(list(subnet)), NextToken: maybe(text) }),
  DescribeLaunchTemplateVersions: xml('DescribeLaunchTemplateVersions', {
    LaunchTemplateVersions: maybe(list(templateVersion)),
    NextToken: maybe(text),
  }),
  FilterLogEvents: {
    body: json,
    output: members({
      events: list(members({ timestamp: count, logStreamName: maybe(text), message: maybe(text) })),
      nextToken: maybe(text),
    }),
  },
};
