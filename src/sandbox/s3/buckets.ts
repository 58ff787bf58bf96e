/**
 * Operations on buckets themselves: list, create, delete, head, location, versioning, policy and public
 * access block.
 */
import type { SandboxReply, SandboxRequest } from '../sandbox-service';
import type { PublicAccessBlock } from './bucket';
import { type BucketCall, countOf, type S3State } from './call';
import { readPayload } from './payload';
import { refuse } from './refusal';
import { childText, document, group, isoTime, leaf, parseXml, type XmlElement } from './xml';

const XML = { 'content-type': 'application/xml' };

/** Lists the buckets of the caller's account: those of every region, unless `bucket-region` names one. */
export function listBuckets({ objects }: S3State, { query }: SandboxRequest): SandboxReply {
  const prefix = query.get('prefix') ?? '';
  const region = query.get('bucket-region');
  const after = query.get('continuation-token') ?? '';
  const own = objects
    .buckets()
    .filter(
      ({ name, settings }) =>
        settings.owner === objects.accountId &&
        name.startsWith(prefix) &&
        name > after &&
        (region === null || region === settings.region),
    );
  const page = own.slice(0, countOf(query, 'max-buckets', 10_000));
  return {
    status: 200,
    headers: XML,
    body: document(
      'ListAllMyBucketsResult',
      group('Owner', leaf('ID', objects.accountId)),
      group(
        'Buckets',
        ...page.map(({ name, createdAt, settings }) =>
          group(
            'Bucket',
            leaf('Name', name),
            leaf('CreationDate', isoTime(createdAt)),
            leaf('BucketRegion', settings.region),
          ),
        ),
      ),
      leaf('Prefix', prefix === '' ? undefined : prefix),
      leaf('ContinuationToken', own.length > page.length ? page.at(-1)?.name : undefined),
    ),
  };
}

/**
 * S3's rules for the length, the characters and the form of a bucket name, without the reserved prefixes
 * and suffixes: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
const BUCKET_NAME = /^(?!\d+\.\d+\.\d+\.\d+$)(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

export function createBucket({ objects }: S3State, request: SandboxRequest, name: string): SandboxReply {
  if (!BUCKET_NAME.test(name)) refuse('InvalidBucketName', { fields: { BucketName: name } });
  const existing = objects.bucket(name);
  if (existing && existing.settings.owner !== objects.accountId) refuse('BucketAlreadyExists');
  if (existing) refuse('BucketAlreadyOwnedByYou', { fields: { BucketName: name } });
  const { bytes } = readPayload(request);
  const location =
    bytes.length === 0
      ? undefined
      : childText(readXml(bytes, 'CreateBucketConfiguration'), 'LocationConstraint');
  // Without a location constraint, the request must be for us-east-1. In any other region, the constraint
  // must name that region.
  if ((location ?? 'us-east-1') !== request.region) refuse('IllegalLocationConstraintException');
  objects.createBucket(name, { region: request.region, versioning: 'Off' });
  return { status: 200, headers: { location: `/${name}` } };
}

export function deleteBucket({ objects, uploads, bucket }: BucketCall): SandboxReply {
  if (!bucket.isEmpty) refuse('BucketNotEmpty', { fields: { BucketName: bucket.name } });
  for (const upload of uploads.of(bucket.name)) uploads.end(upload);
  objects.removeBucket(bucket.name);
  return { status: 204 };
}

export function headBucket({ bucket }: BucketCall): SandboxReply {
  return { status: 200, headers: { ...XML, 'x-amz-bucket-region': bucket.settings.region } };
}

export function getBucketLocation({ bucket }: BucketCall): SandboxReply {
  const { region } = bucket.settings;
  const name = region === 'us-east-1' ? '' : region;
  const body = document('LocationConstraint', name);
  return { status: 200, headers: XML, body };
}

export function getBucketVersioning({ bucket }: BucketCall): SandboxReply {
  const { versioning } = bucket.settings;
  const body = document(
    'VersioningConfiguration',
    leaf('Status', versioning === 'Off' ? undefined : versioning),
  );
  return { status: 200, headers: XML, body };
}

export function putBucketVersioning({ request, bucket }: BucketCall): SandboxReply {
  const status = childText(readXml(readPayload(request).bytes, 'VersioningConfiguration'), 'Status');
  if (status !== 'Enabled' && status !== 'Suspended') refuse('MalformedXML');
  bucket.change({ versioning: status });
  return { status: 200 };
}

export function getBucketPolicy({ bucket }: BucketCall): SandboxReply {
  const { policy } = bucket.settings;
  if (policy === undefined) refuse('NoSuchBucketPolicy', { fields: { BucketName: bucket.name } });
  return { status: 200, headers: { 'content-type': 'application/json' }, body: policy };
}

export function putBucketPolicy({ request, bucket }: BucketCall): SandboxReply {
  bucket.change({ policy: readPayload(request).bytes.toString('utf8') });
  return { status: 204 };
}

export function deleteBucketPolicy({ bucket }: BucketCall): SandboxReply {
  bucket.change({ policy: undefined });
  return { status: 204 };
}

const BLOCKS = {
  BlockPublicAcls: 'blockPublicAcls',
  IgnorePublicAcls: 'ignorePublicAcls',
  BlockPublicPolicy: 'blockPublicPolicy',
  RestrictPublicBuckets: 'restrictPublicBuckets',
} as const satisfies Readonly<Record<string, keyof PublicAccessBlock>>;

export function getPublicAccessBlock({ bucket }: BucketCall): SandboxReply {
  const { publicAccessBlock } = bucket.settings;
  if (!publicAccessBlock)
    refuse('NoSuchPublicAccessBlockConfiguration', { fields: { BucketName: bucket.name } });
  const body = document(
    'PublicAccessBlockConfiguration',
    ...Object.entries(BLOCKS).map(([element, field]) => leaf(element, publicAccessBlock[field])),
  );
  return { status: 200, headers: XML, body };
}

export function putPublicAccessBlock({ request, bucket }: BucketCall): SandboxReply {
  const root = readXml(readPayload(request).bytes, 'PublicAccessBlockConfiguration');
  const isSet = (element: keyof typeof BLOCKS): boolean => childText(root, element) === 'true';
  bucket.change({
    publicAccessBlock: {
      blockPublicAcls: isSet('BlockPublicAcls'),
      ignorePublicAcls: isSet('IgnorePublicAcls'),
      blockPublicPolicy: isSet('BlockPublicPolicy'),
      restrictPublicBuckets: isSet('RestrictPublicBuckets'),
    },
  });
  return { status: 200 };
}

export function deletePublicAccessBlock({ bucket }: BucketCall): SandboxReply {
  bucket.change({ publicAccessBlock: undefined });
  return { status: 204 };
}

function readXml(bytes: Buffer, name: string): XmlElement {
  const root = parseXml(bytes.toString('utf8'));
  if (root?.name !== name) refuse('MalformedXML');
  return root;
}
