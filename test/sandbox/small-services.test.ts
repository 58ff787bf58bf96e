/** STS, SSM, EC2 and CloudWatch Logs of the sandbox, as the SDK sees them. */
import {
  CloudWatchLogsClient,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  DescribeLaunchTemplatesCommand,
  DescribeLaunchTemplateVersionsCommand,
  DescribeSubnetsCommand,
  EC2Client,
  paginateDescribeSubnets,
} from '@aws-sdk/client-ec2';
import { AMITypes, DescribeClusterCommand, EKSClient } from '@aws-sdk/client-eks';
import { FinspaceClient, UpdateKxClusterCodeConfigurationCommand } from '@aws-sdk/client-finspace';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { describe, expect, test } from 'vitest';
import { releasesOf } from '../../src/sandbox/eks/versions';
import { amiParameters } from '../../src/sandbox/ssm/ami-parameters';
import { expectFailure, judgedSandbox } from './judged-sandbox';

const aws = judgedSandbox();
const settings = () => ({ ...aws().sandbox.client, maxAttempts: 1 });

test('STS says who is calling', async () => {
  expect(await new STSClient(settings()).send(new GetCallerIdentityCommand({}))).toMatchObject({
    Account: '111122223333',
    Arn: 'arn:aws:sts::111122223333:assumed-role/KdbOperator/you@sandbox',
  });
});

test('STS refuses in its own XML', async () => {
  await aws().sandbox.control.fault({
    kind: 'error',
    service: 'sts',
    status: 403,
    code: 'ExpiredToken',
    message: 'a < b',
  });
  const { message } = await expectFailure(
    new STSClient(settings()).send(new GetCallerIdentityCommand({})),
    403,
    'ExpiredToken',
  );
  expect(message).toBe('a < b');
});

describe('SSM', () => {
  const get = async (Name: string) =>
    (await new SSMClient(settings()).send(new GetParameterCommand({ Name }))).Parameter?.Value;

  test.each([
    [
      '/aws/service/eks/optimized-ami/1.33/amazon-linux-2023/x86_64/standard/recommended/release_version',
      '1.33.7-20261103',
    ],
    [
      '/aws/service/eks/optimized-ami/1.33/amazon-linux-2023/x86_64/nvidia/recommended/release_version',
      '1.33.7-20261103',
    ],
    [
      '/aws/service/eks/optimized-ami/1.34/amazon-linux-2023/x86_64/neuron/recommended/release_version',
      '1.34.4-20261103',
    ],
    [
      '/aws/service/eks/optimized-ami/1.32/amazon-linux-2023/arm64/standard/recommended/release_version',
      '1.32.9-20261103',
    ],
    [
      '/aws/service/eks/optimized-ami/1.32/amazon-linux-2023/arm64/nvidia/recommended/release_version',
      '1.32.9-20261103',
    ],
    ['/aws/service/eks/optimized-ami/1.32/amazon-linux-2/recommended/release_version', '1.32.9-20251120'],
    [
      '/aws/service/eks/optimized-ami/1.31/amazon-linux-2-gpu/recommended/release_version',
      '1.31.13-20251120',
    ],
    [
      '/aws/service/eks/optimized-ami/1.30/amazon-linux-2-arm64/recommended/release_version',
      '1.30.14-20251120',
    ],
    ['/aws/service/bottlerocket/aws-k8s-1.33/x86_64/latest/image_version', '1.52.1-5c0f9a12'],
    ['/aws/service/bottlerocket/aws-k8s-1.33-nvidia-fips/arm64/latest/image_version', '1.52.1-5c0f9a12'],
  ])('%s', async (name, value) => {
    expect(await get(name)).toBe(value);
  });

  test.each(Object.values(AMITypes).filter((type) => type !== 'CUSTOM'))('%s has releases', (amiType) => {
    expect(releasesOf(amiType, '1.32')).toHaveLength(3);
    const newest = releasesOf(amiType, '1.32')[0];
    expect([...amiParameters()].some(([name, value]) => name.includes('1.32') && value === newest)).toBe(
      !amiType.startsWith('WINDOWS_'),
    );
  });

  test('Windows has an image id alone', async () => {
    const folder = '/aws/service/ami-windows-latest/Windows_Server-2022-English-Core-EKS_Optimized-1.33';
    expect(await get(`${folder}/image_id`)).toMatch(/^ami-[0-9a-f]{17}$/);
    await expect(get(`${folder}/release_version`)).rejects.toThrow();
  });

  test.each([
    '/aws/service/eks/optimized-ami/1.33/amazon-linux-2/recommended/release_version',
    '/aws/service/eks/optimized-ami/1.99/amazon-linux-2023/x86_64/standard/recommended/release_version',
    '/mine',
  ])('%s does not exist', async (name) => {
    await expectFailure(get(name), 400, 'ParameterNotFound');
  });
});

describe('EC2', () => {
  const ec2 = () => new EC2Client(settings());

  test('knows the launch templates, with versions newer than the default', async () => {
    const { LaunchTemplates = [] } = await ec2().send(
      new DescribeLaunchTemplatesCommand({ LaunchTemplateNames: ['oms-low-latency'] }),
    );
    expect(LaunchTemplates).toMatchObject([
      { LaunchTemplateId: 'lt-0d7c1e94ab2f60358', DefaultVersionNumber: 4, LatestVersionNumber: 5 },
    ]);
    expect((await ec2().send(new DescribeLaunchTemplatesCommand({}))).LaunchTemplates).toHaveLength(3);
  });

  test('gives versions newest first, or those asked for', async () => {
    const versions = async (Versions?: string[]) => {
      const { LaunchTemplateVersions = [] } = await ec2().send(
        new DescribeLaunchTemplateVersionsCommand({
          LaunchTemplateId: 'lt-0d7c1e94ab2f60358',
          ...(Versions && { Versions }),
        }),
      );
      return LaunchTemplateVersions;
    };
    expect((await versions()).map(({ VersionNumber }) => VersionNumber)).toEqual([5, 4, 3, 2, 1]);
    expect(await versions(['$Default', '$Latest'])).toMatchObject([
      { VersionNumber: 5, DefaultVersion: false },
      { VersionNumber: 4, DefaultVersion: true, LaunchTemplateData: { ImageId: 'ami-0d7fb40a1c6e95283' } },
    ]);
  });

  test('refuses what does not exist', async () => {
    const byId = { LaunchTemplateId: 'lt-0d7c1e94ab2f60358' };
    await expectFailure(
      ec2().send(new DescribeLaunchTemplatesCommand({ LaunchTemplateIds: ['lt-0'] })),
      400,
      'InvalidLaunchTemplateId.NotFound',
    );
    await expectFailure(
      ec2().send(new DescribeLaunchTemplateVersionsCommand({ LaunchTemplateName: 'nobody' })),
      400,
      'InvalidLaunchTemplateName.NotFoundException',
    );
    await expectFailure(
      ec2().send(new DescribeLaunchTemplateVersionsCommand({ ...byId, Versions: ['9'] })),
      400,
      'InvalidLaunchTemplateId.VersionNotFound',
    );
    await expectFailure(
      ec2().send(new DescribeSubnetsCommand({ SubnetIds: ['subnet-0'] })),
      400,
      'InvalidSubnetID.NotFound',
    );
  });

  test('tells how few addresses some subnets have left, in pages', async () => {
    const { cluster } = await new EKSClient(settings()).send(
      new DescribeClusterCommand({ name: 'market-data' }),
    );
    const vpcId = cluster?.resourcesVpcConfig?.vpcId ?? '';
    const Filters = [{ Name: 'vpc-id', Values: [vpcId] }];
    await aws().sandbox.control.settings({ pageSize: 2 });
    const free: (number | undefined)[][] = [];
    for await (const { Subnets = [] } of paginateDescribeSubnets({ client: ec2() }, { Filters }))
      free.push(Subnets.map(({ AvailableIpAddressCount }) => AvailableIpAddressCount));
    expect(free.map(({ length }) => length)).toEqual([2, 2, 1]);
    expect(free.flat().filter((count) => (count ?? 0) < 8)).toEqual([2, 1]);
    const other = [{ Name: 'vpc-id', Values: ['vpc-0'] }];
    expect((await ec2().send(new DescribeSubnetsCommand({ Filters: other }))).Subnets).toEqual([]);
  });

  test('refuses a filter that it does not know', async () => {
    const Filters = [{ Name: 'colour', Values: ['blue'] }];
    await expectFailure(ec2().send(new DescribeSubnetsCommand({ Filters })), 400, 'InvalidParameterValue');
  });
});

describe('CloudWatch Logs', () => {
  const environmentId = 'eq7prod3k9m2q4x8t6z5w1ab';
  const logGroupName = `/aws/vendedlogs/finspace/${environmentId}/eq-hdb`;
  const logs = () => new CloudWatchLogsClient(settings());
  const code = { s3Bucket: 'acme-kdb-code-111122223333', s3Key: 'equities/releases/equities.zip' };
  const deploy = (initializationScript: string) =>
    new FinspaceClient(settings()).send(
      new UpdateKxClusterCodeConfigurationCommand({
        environmentId,
        clusterName: 'eq-hdb',
        code,
        initializationScript,
      }),
    );

  test('an update leaves the lines of a start, one stream a node', async () => {
    const seeded = await logs().send(new FilterLogEventsCommand({ logGroupName }));
    const startTime = Math.max(...(seeded.events ?? []).map(({ timestamp = 0 }) => timestamp)) + 1;
    await deploy('hdb/init.q');
    const { events = [] } = await logs().send(new FilterLogEventsCommand({ logGroupName, startTime }));
    expect(events.filter(({ message }) => message === 'INFO q process is ready')).toHaveLength(3);
    const { logStreams = [] } = await logs().send(
      new DescribeLogStreamsCommand({ logGroupName, orderBy: 'LastEventTime', descending: true }),
    );
    expect(logStreams.map(({ logStreamName }) => logStreamName)).toEqual([
      'eq-hdb-node-2',
      'eq-hdb-node-1',
      'eq-hdb-node-0',
    ]);
  });

  test('a script that is not there leaves its error', async () => {
    await deploy('no/such.q');
    const { events = [] } = await logs().send(
      new FilterLogEventsCommand({ logGroupName, filterPattern: 'ERROR' }),
    );
    expect(events[0]?.message).toBe('ERROR Initialization script no/such.q was not found in the code zip.');
  });

  test('events come in pages', async () => {
    await deploy('hdb/init.q');
    const messages: (string | undefined)[] = [];
    let nextToken: string | undefined;
    do {
      const page = await logs().send(
        new FilterLogEventsCommand({ logGroupName, limit: 4, ...(nextToken && { nextToken }) }),
      );
      expect(page.events?.length).toBeLessThanOrEqual(4);
      messages.push(...(page.events ?? []).map(({ message }) => message));
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    const whole = await logs().send(new FilterLogEventsCommand({ logGroupName }));
    expect(messages).toEqual(whole.events?.map(({ message }) => message));
  });

  test('refuses what does not exist, and what the sandbox does not play', async () => {
    await expectFailure(
      logs().send(new FilterLogEventsCommand({ logGroupName: '/none' })),
      400,
      'ResourceNotFoundException',
    );
    await expectFailure(
      logs().send(new FilterLogEventsCommand({ logGroupName, filterPattern: '{ $.a = 1 }' })),
      400,
      'InvalidParameterException',
    );
  });
});
