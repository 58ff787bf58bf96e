/** One call of every operation that Slipway sends, and what a well-behaved service says to it: each member that is used. */
import { createCaller } from '../../src/aws/caller';
import type { AwsPorts } from '../../src/aws/contract';
import { assumeRole, assumeRoleWithWebIdentity } from '../../src/aws/sts';
import { misfitOf } from '../../src/aws/validation/rules';
import { systemClock } from '../../src/model/clock';
import { allItems, type Page } from '../../src/model/page';
import type { PagedList } from '../../src/view/resources/kinds/kind';
import { DETAILED, type KindNode, LISTED } from '../../src/view/resources/kinds/table';
import type { ThingRow } from '../../src/view/resources/row';
import { EXAMPLES } from '../view/every-kind';
import { exampleRow } from '../view/example-rows';
import type { ScriptedServer } from './scripted-server';

export interface Good {
  readonly call: () => Promise<unknown>;
  readonly status?: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Headers without which the answer says nothing. */
  readonly needed?: readonly string[];
  /** How all of a list is read, and a page of it without anything that leads on to `token`. */
  readonly pages?: {
    readonly all: () => Promise<unknown>;
    readonly empty: (token: string) => string;
  };
}

const signal = new AbortController().signal;
const at = { bucket: 'b', key: 'k' };
const upload = { ...at, uploadId: 'u' };
const zip = Uint8Array.of(1, 2, 3);
const keys = { accessKeyId: 'A', secretAccessKey: 'S' };
const update = {
  id: 'u-1',
  status: 'InProgress',
  type: 'VersionUpdate',
  params: [{ type: 'Version', value: '1.33' }],
  errors: [{ errorCode: 'Unknown', errorMessage: 'm', resourceIds: ['r'] }],
  createdAt: 1_700_000_000,
  cancellation: { reason: 'r' },
};
const health = { issues: [{ code: 'Other', message: 'm', resourceIds: ['r'] }] };
const insight = {
  id: 'i',
  name: 'n',
  category: 'UPGRADE_READINESS',
  insightStatus: { status: 'PASSING', reason: 'r' },
  kubernetesVersion: '1.33',
  description: 'd',
  lastRefreshTime: 1_700_000_000,
};
const environment = {
  environmentId: 'abc',
  name: 'prod',
  status: 'CREATED',
  environmentArn: 'arn:e',
  description: 'd',
  errorMessage: 'm',
  availabilityZoneIds: ['z'],
};
const summary = {
  clusterName: 'rdb',
  clusterType: 'RDB',
  status: 'RUNNING',
  statusReason: 'r',
  clusterDescription: 'd',
  releaseLabel: '1.0',
  createdTimestamp: 1_700_000_000,
  lastModifiedTimestamp: 1_700_000_100,
};

const json = (body: unknown) => ({
  headers: { 'content-type': 'application/json', 'x-amzn-requestid': 'rid' },
  body: JSON.stringify(body),
});
const xml = (body: string) => ({
  headers: { 'content-type': 'application/xml', 'x-amz-request-id': 'rid' },
  body: `<?xml version="1.0" encoding="UTF-8"?>\n${body}`,
});
const empty = (root: string, members: (token: string) => string) => (token: string) =>
  `<${root}>${members(token)}</${root}>`;
const truncated = (names: string) => (token: string) =>
  `<IsTruncated>true</IsTruncated><${names}>${token}</${names}>`;
type ReadPage = (next: string | undefined) => Promise<Page<unknown>>;
const listOf = (read: ReadPage, emptyPage: (token: string) => string) => ({
  call: () => read(undefined),
  pages: { all: () => allItems(read), empty: emptyPage },
});
/** A list in JSON, by what one of its pages holds. */
const list = (read: ReadPage, body: Readonly<Record<string, readonly unknown[]>>): Good => ({
  ...listOf(read, (token) =>
    JSON.stringify({ ...Object.fromEntries(Object.keys(body).map((name) => [name, []])), nextToken: token }),
  ),
  ...json({ ...body, nextToken: 'n' }),
});

/** The lists of things that have a row, as the kinds of rows ask for them. */
function kindLists({ finspace, eks }: AwsPorts): Readonly<Record<string, Good>> {
  const kinds = { ...LISTED, ...DETAILED };
  return Object.fromEntries(
    (Object.keys(kinds) as readonly (keyof typeof kinds)[]).map((kind) => {
      const { below, list: of }: { readonly below: string; readonly list: PagedList<ThingRow, unknown> } =
        kinds[kind];
      const parent = exampleRow(below as KindNode['kind']);
      const { operation, answer } = EXAMPLES[kind].list;
      return [operation, list((next) => of.page(parent, { finspace, eks }, next, signal), answer)];
    }),
  );
}

const bare = (headers: Readonly<Record<string, string>>) => ({
  headers: { 'x-amz-request-id': 'rid', ...headers },
  body: '',
});

/** By operation, as the AWS model spells it. */
export function goodAnswers(ports: AwsPorts, server: ScriptedServer): Readonly<Record<string, Good>> {
  const { finspace, eks, objects, identities, images, compute, logs } = ports;
  const gate = { enter: async () => () => undefined, throttled: () => undefined };
  const sts = createCaller({
    service: 'sts',
    connectionId: 'c',
    clock: systemClock,
    gate,
    attempts: 1,
    onRequest: () => undefined,
    misfitOf,
  });
  const roles = { region: 'us-east-1', endpoint: server.url, profile: undefined };
  const role = { RoleArn: 'arn:aws:iam::123456789012:role/r', RoleSessionName: 's' };
  const credentials =
    '<Credentials><AccessKeyId>A</AccessKeyId><SecretAccessKey>S</SecretAccessKey><SessionToken>T</SessionToken><Expiration>2030-01-01T00:00:00Z</Expiration></Credentials>';
  const node = (name: string) => `${name}Response`;
  const query = (name: string, inner: string) =>
    xml(
      `<${node(name)} xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${name}Result>${inner}</${name}Result></${node(name)}>`,
    );
  const ec2 = (name: string, inner: string) =>
    xml(`<${node(name)} xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">${inner}</${node(name)}>`);
  const time = '<LastModified>2026-01-01T00:00:00.000Z</LastModified>';
  return {
    GetKxEnvironment: { call: () => finspace.getEnvironment('abc', signal), ...json(environment) },
    GetKxCluster: {
      call: () => finspace.getCluster('abc', 'rdb', signal),
      ...json({
        ...summary,
        code: { s3Bucket: 'b', s3Key: 'k', s3ObjectVersion: 'v' },
        initializationScript: 'init.q',
        commandLineArguments: [{ key: 's', value: '4' }],
        capacityConfiguration: { nodeType: 'kx.s.large', nodeCount: 2 },
        executionRole: 'arn:r',
      }),
    },
    UpdateKxClusterCodeConfiguration: {
      call: () =>
        finspace.updateCode(
          { environmentId: 'abc', clusterName: 'rdb', clientToken: 't', code: at, strategy: 'ROLLING' },
          signal,
        ),
      ...json({}),
    },
    DescribeCluster: {
      call: () => eks.describeCluster('c', signal),
      ...json({
        cluster: {
          name: 'c',
          arn: 'arn:c',
          version: '1.33',
          status: 'ACTIVE',
          platformVersion: 'eks.1',
          upgradePolicy: { supportType: 'STANDARD' },
          resourcesVpcConfig: { subnetIds: ['s'] },
          tags: { a: 'b' },
          health,
        },
      }),
    },
    DescribeNodegroup: {
      call: () => eks.describeNodegroup('c', 'n', signal),
      ...json({
        nodegroup: {
          clusterName: 'c',
          nodegroupName: 'n',
          nodegroupArn: 'arn:n',
          version: '1.32',
          releaseVersion: '1.32.1-20260101',
          status: 'ACTIVE',
          amiType: 'AL2023_x86_64_STANDARD',
          capacityType: 'SPOT',
          instanceTypes: ['m7i.large'],
          scalingConfig: { minSize: 0, maxSize: 3, desiredSize: 2 },
          updateConfig: { maxUnavailablePercentage: 33, updateStrategy: 'MINIMAL' },
          launchTemplate: { id: 'lt-1', name: 'lt', version: '4' },
          subnets: ['s'],
          tags: { t: 'v' },
          labels: { l: 'v' },
          createdAt: 1_700_000_000,
          modifiedAt: 1_700_000_001,
          health,
        },
      }),
    },
    ...kindLists(ports),
    ListUpdates: list((next) => eks.listUpdates('c', 'n', next, signal), { updateIds: ['u'] }),
    DescribeUpdate: { call: () => eks.describeUpdate('c', 'n', 'u', signal), ...json({ update }) },
    DescribeClusterVersions: list((next) => eks.clusterVersions(next, signal), {
      clusterVersions: [
        {
          clusterVersion: '1.33',
          defaultVersion: true,
          versionStatus: 'STANDARD_SUPPORT',
          endOfStandardSupportDate: 1_800_000_000,
          endOfExtendedSupportDate: 1_900_000_000,
        },
      ],
    }),
    ListInsights: list((next) => eks.listInsights('c', next, signal), { insights: [insight] }),
    DescribeInsight: {
      call: () => eks.describeInsight('c', 'i', signal),
      ...json({
        insight: {
          ...insight,
          recommendation: 'r',
          additionalInfo: { a: 'b' },
          resources: [
            { kubernetesResourceUri: 'u', arn: 'a', insightStatus: { status: 'ERROR', reason: 'r' } },
          ],
        },
      }),
    },
    ListAddons: list((next) => eks.listAddons('c', next, signal), { addons: ['a'] }),
    DescribeAddon: {
      call: () => eks.describeAddon('c', 'a', signal),
      ...json({ addon: { addonName: 'a', addonVersion: 'v1', status: 'ACTIVE', health } }),
    },
    DescribeAddonVersions: list((next) => eks.addonVersions({ addon: 'a' }, next, signal), {
      addons: [
        {
          addonName: 'a',
          addonVersions: [
            { addonVersion: 'v1', compatibilities: [{ clusterVersion: '1.33', defaultVersion: true }] },
          ],
        },
      ],
    }),
    UpdateNodegroupVersion: {
      call: () =>
        eks.updateVersion(
          { clusterName: 'c', nodegroupName: 'n', clientRequestToken: 't', force: false },
          signal,
        ),
      ...json({ update }),
    },
    UpdateNodegroupConfig: {
      call: () =>
        eks.updateConfig(
          {
            clusterName: 'c',
            nodegroupName: 'n',
            clientRequestToken: 't',
            updateConfig: { maxUnavailable: 1 },
          },
          signal,
        ),
      ...json({ update }),
    },
    ListBuckets: {
      ...listOf(
        (next) => objects.listBuckets(next, signal),
        empty('ListAllMyBucketsResult', (token) => `<ContinuationToken>${token}</ContinuationToken>`),
      ),
      ...xml(
        '<ListAllMyBucketsResult><Buckets><Bucket><Name>b</Name><BucketRegion>us-east-1</BucketRegion></Bucket></Buckets></ListAllMyBucketsResult>',
      ),
    },
    HeadBucket: {
      call: () => objects.bucketRegion('b', signal),
      ...bare({ 'x-amz-bucket-region': 'eu-west-1' }),
    },
    GetBucketVersioning: {
      call: () => objects.versioning('b', signal),
      ...xml('<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>'),
    },
    GetBucketPolicy: { call: () => objects.policy('b', signal), ...json({ Statement: [] }) },
    GetPublicAccessBlock: {
      call: () => objects.publicAccessBlock('b', signal),
      ...xml(
        '<PublicAccessBlockConfiguration><BlockPublicAcls>true</BlockPublicAcls><IgnorePublicAcls>true</IgnorePublicAcls><BlockPublicPolicy>true</BlockPublicPolicy><RestrictPublicBuckets>false</RestrictPublicBuckets></PublicAccessBlockConfiguration>',
      ),
    },
    ListObjectsV2: {
      ...listOf(
        (next) => objects.list('b', 'p/', next, signal),
        empty('ListBucketResult', truncated('NextContinuationToken')),
      ),
      ...xml(
        `<ListBucketResult><IsTruncated>false</IsTruncated><Contents><Key>p/k</Key><Size>3</Size>${time}</Contents></ListBucketResult>`,
      ),
    },
    ListObjectVersions: {
      ...listOf(
        (next) => objects.listVersions('b', 'p/', next, signal),
        empty('ListVersionsResult', truncated('NextKeyMarker')),
      ),
      ...xml(
        `<ListVersionsResult><IsTruncated>false</IsTruncated><Version><Key>p/k</Key><VersionId>v</VersionId><IsLatest>true</IsLatest><Size>3</Size>${time}</Version></ListVersionsResult>`,
      ),
    },
    ListMultipartUploads: {
      ...listOf(
        (next) => objects.listMultiparts('b', 'p/', next, signal),
        empty('ListMultipartUploadsResult', truncated('NextKeyMarker')),
      ),
      ...xml(
        '<ListMultipartUploadsResult><IsTruncated>false</IsTruncated><Upload><Key>p/k</Key><UploadId>u</UploadId><Initiated>2026-01-01T00:00:00.000Z</Initiated></Upload></ListMultipartUploadsResult>',
      ),
    },
    HeadObject: {
      call: () => objects.head(at, signal),
      ...bare({ 'content-length': '3', etag: '"e"', 'last-modified': 'Thu, 01 Jan 2026 00:00:00 GMT' }),
      needed: ['etag', 'content-length'],
    },
    GetObject: {
      call: () => objects.read(at, { start: 0, length: 3 }, signal),
      status: 206,
      headers: { 'x-amz-request-id': 'rid', etag: '"e"', 'content-range': 'bytes 0-2/9' },
      body: 'abc',
      needed: ['etag', 'content-range'],
    },
    PutObject: {
      call: () =>
        objects.put({ ...at, body: zip, contentType: 'application/zip', onlyIfAbsent: false }, signal),
      ...bare({ etag: '"e"' }),
      needed: ['etag'],
    },
    CreateMultipartUpload: {
      call: () => objects.startMultipart({ ...at, contentType: 'application/zip' }, signal),
      ...xml('<InitiateMultipartUploadResult><UploadId>u</UploadId></InitiateMultipartUploadResult>'),
    },
    UploadPart: {
      call: () => objects.putPart(upload, 1, zip, signal),
      ...bare({ etag: '"e"' }),
      needed: ['etag'],
    },
    UploadPartCopy: {
      call: () => objects.copyPart(upload, 1, { at, start: 0, length: 3, ifMatch: '"e"' }, signal),
      ...xml('<CopyPartResult><ETag>"e"</ETag></CopyPartResult>'),
    },
    CompleteMultipartUpload: {
      call: () =>
        objects.completeMultipart(upload, [{ number: 1, etag: '"e"' }], { onlyIfAbsent: true }, signal),
      ...xml('<CompleteMultipartUploadResult><ETag>"e"</ETag></CompleteMultipartUploadResult>'),
    },
    AbortMultipartUpload: {
      call: () => objects.abortMultipart(upload, signal),
      status: 204,
      headers: {},
      body: '',
    },
    GetCallerIdentity: {
      call: () => identities.whoAmI(signal),
      ...query(
        'GetCallerIdentity',
        '<Arn>arn:aws:iam::123456789012:user/u</Arn><Account>123456789012</Account>',
      ),
    },
    AssumeRole: {
      call: () => assumeRole(roles, sts, keys, role, signal),
      ...query('AssumeRole', credentials),
    },
    AssumeRoleWithWebIdentity: {
      call: () => assumeRoleWithWebIdentity(roles, sts, { ...role, WebIdentityToken: 'token' }, signal),
      ...query('AssumeRoleWithWebIdentity', credentials),
    },
    GetParameter: { call: () => images.get('/p', signal), ...json({ Parameter: { Value: 'v' } }) },
    DescribeSubnets: {
      call: () => compute.subnets(['subnet-1'], signal),
      pages: {
        all: () => compute.subnets(['subnet-1'], signal),
        empty: empty('DescribeSubnetsResponse', (token) => `<subnetSet/><nextToken>${token}</nextToken>`),
      },
      ...ec2(
        'DescribeSubnets',
        '<subnetSet><item><subnetId>subnet-1</subnetId><availabilityZone>a</availabilityZone><availableIpAddressCount>7</availableIpAddressCount></item></subnetSet>',
      ),
    },
    DescribeLaunchTemplateVersions: {
      ...listOf(
        (next) => compute.launchTemplateVersions({ id: 'lt-1' }, next, signal),
        empty(
          'DescribeLaunchTemplateVersionsResponse',
          (token) => `<launchTemplateVersionSet/><nextToken>${token}</nextToken>`,
        ),
      ),
      ...ec2(
        'DescribeLaunchTemplateVersions',
        '<launchTemplateVersionSet><item><launchTemplateId>lt-1</launchTemplateId><launchTemplateName>lt</launchTemplateName><versionNumber>4</versionNumber><defaultVersion>true</defaultVersion><createTime>2026-01-01T00:00:00.000Z</createTime></item></launchTemplateVersionSet>',
      ),
    },
    FilterLogEvents: list((next) => logs.events('g', 0, next, signal), {
      events: [{ timestamp: 1_700_000_000_000, logStreamName: 's', message: 'm' }],
    }),
  };
}
