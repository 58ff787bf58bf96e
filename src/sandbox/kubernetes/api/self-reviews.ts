/** Reviews that callers request about themselves: who they are, and whether they may carry out a request. */

import { present } from '../../present';
import type { JsonObject } from '../../protocols/operation';
import type { SandboxReply } from '../../sandbox-service';
import { isRecord } from '../../shapes';
import { type Attributes, mayDo } from './access';
import type { Call } from './call';
import { jsonBody } from './json';
import { jsonReply } from './reply';
import type { Target } from './request';
import { reviewIn } from './review-protobuf';

/** @returns undefined if the request does not create a review of the caller. @throws a Status */
export function selfReview(call: Call, { group, plural }: Target): SandboxReply | undefined {
  if (call.request.verb !== 'create') return undefined;
  const asked = `${group}/${plural}`;
  if (asked === 'authentication.k8s.io/selfsubjectreviews') return whoAmI(call);
  if (asked === 'authorization.k8s.io/selfsubjectaccessreviews') return mayI(call);
  return undefined;
}

/** @throws a Status. */
function reviewOf({ request, body }: Call): JsonObject {
  const isProtobuf = request.headers['content-type'] === 'application/vnd.kubernetes.protobuf';
  return isProtobuf ? reviewIn(body) : jsonBody(request, body);
}

function whoAmI(call: Call): SandboxReply {
  reviewOf(call);
  const { caller } = call;
  return jsonReply(201, {
    kind: 'SelfSubjectReview',
    apiVersion: 'authentication.k8s.io/v1',
    metadata: { creationTimestamp: null },
    status: { userInfo: { username: caller.username, groups: caller.groups } },
  });
}

function mayI(call: Call): SandboxReply {
  const { caller, access } = call;
  const { spec } = reviewOf(call);
  const allowed = isRecord(spec) && mayDo(caller, access, attributesIn(spec));
  return jsonReply(201, {
    kind: 'SelfSubjectAccessReview',
    apiVersion: 'authorization.k8s.io/v1',
    metadata: { creationTimestamp: null },
    spec,
    status: { allowed, ...(allowed && { reason: 'EKS Access Policy: allowed' }) },
  });
}

function attributesIn({
  resourceAttributes,
  nonResourceAttributes,
}: Readonly<Record<string, unknown>>): Attributes {
  const given = isRecord(resourceAttributes) ? resourceAttributes : undefined;
  const of = (from: unknown, member: string): string | undefined => {
    const value = isRecord(from) ? from[member] : undefined;
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  if (!given)
    return { verb: of(nonResourceAttributes, 'verb') ?? '', path: of(nonResourceAttributes, 'path') ?? '' };
  const [name, namespace, subresource] = [
    of(given, 'name'),
    of(given, 'namespace'),
    of(given, 'subresource'),
  ];
  return {
    verb: of(given, 'verb') ?? '',
    group: of(given, 'group') ?? '',
    plural: of(given, 'resource') ?? '',
    ...present({ name, namespace, subresource }),
  };
}
