/** GetObjectTagging, PutObjectTagging and DeleteObjectTagging. */
import type { SandboxReply } from '../sandbox-service';
import { versionHeader } from './attributes';
import type { BucketCall } from './call';
import type { LiveVersion } from './conditions';
import { readPayload } from './payload';
import { liveVersion } from './read';
import { tagsOfXml } from './tags';
import { document, group, leaf } from './xml';

export function getObjectTagging(call: BucketCall): SandboxReply {
  const version = versionOf(call);
  const tags = Object.entries(version.content.tags ?? {});
  return {
    status: 200,
    headers: { 'content-type': 'application/xml', ...versionHeader(call.bucket, version) },
    body: document(
      'Tagging',
      group('TagSet', ...tags.map(([name, value]) => group('Tag', leaf('Key', name), leaf('Value', value)))),
    ),
  };
}

export function putObjectTagging(call: BucketCall): SandboxReply {
  const version = versionOf(call);
  call.bucket.tag(version, tagsOfXml(readPayload(call.request).bytes));
  return { status: 200, headers: versionHeader(call.bucket, version) };
}

export function deleteObjectTagging(call: BucketCall): SandboxReply {
  const version = versionOf(call);
  call.bucket.tag(version, {});
  return { status: 204, headers: versionHeader(call.bucket, version) };
}

function versionOf({ request, bucket, key }: BucketCall): LiveVersion {
  return liveVersion(bucket, key, request.query.get('versionId') ?? undefined);
}
