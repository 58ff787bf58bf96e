/** The source that CopyObject and UploadPartCopy name in `x-amz-copy-source`. */
import { type BucketCall, openBucket } from './call';
import { checkCopySource, type LiveVersion } from './conditions';
import { resourceOf } from './operations';
import { liveVersion } from './read';
import { refuse } from './refusal';

export interface CopySource {
  readonly bucket: string;
  readonly version: LiveVersion;
  /** Headers for the reply: `x-amz-copy-source-version-id`, if the source's bucket keeps versions. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Reads the source and checks its conditions. The source may be in another region. */
export function copySourceOf(call: BucketCall): CopySource {
  const { request } = call;
  const source = request.headers['x-amz-copy-source'] ?? '';
  const [path = '', query = ''] = source.split('?', 2);
  const resource = resourceOf(path.startsWith('/') ? path : `/${path}`);
  if (!resource || resource.bucket === '' || resource.key === '') {
    refuse('InvalidArgument', {
      message: 'Copy Source must mention the source bucket and key: sourcebucket/sourcekey',
      fields: { ArgumentName: 'x-amz-copy-source', ArgumentValue: source },
    });
  }
  const owner = request.headers['x-amz-source-expected-bucket-owner'];
  const headers = owner === undefined ? {} : { 'x-amz-expected-bucket-owner': owner };
  const bucket = openBucket(call, { ...request, headers }, resource.bucket, undefined);
  const version = liveVersion(bucket, resource.key, new URLSearchParams(query).get('versionId') ?? undefined);
  checkCopySource(request.headers, version);
  return {
    bucket: bucket.name,
    version,
    headers: bucket.hasVersions ? { 'x-amz-copy-source-version-id': version.versionId } : {},
  };
}
