/** Answers each request to the Kubernetes API after its caller was authenticated and authorized. */
import { type Delivery, toDelivery } from '../../delivery';
import type { SandboxReply } from '../../sandbox-service';
import type { Subresource } from '../resources';
import { StatusError } from '../status';
import type { Call, ResourceCall } from './call';
import { deleteCollection, deleteOne } from './delete';
import { discovery } from './discovery';
import { list } from './list';
import { openapi } from './openapi';
import { patch } from './patch';
import { evictPod } from './pod-eviction';
import { podLog } from './pod-log';
import { jsonReply, textReply } from './reply';
import { negotiated } from './representation';
import { resourceOf, type Verb } from './request';
import { scale } from './scale';
import { selfReview } from './self-reviews';
import { watch } from './watch';
import { create, existing, replace } from './write';

type Answered = Extract<Delivery, { readonly kind: 'reply' | 'stream' }>;

/** @throws a Status. */
export function answer(call: Call): Answered {
  const { target } = call.request;
  if (!target) return toDelivery(ofNoResource(call));
  const review = selfReview(call, target);
  if (review) return toDelivery(review);
  const resource = resourceOf(target);
  if (!resource) throw unknownResource();
  const namespace = resource.namespaced ? target.namespace : undefined;
  return ofResource({ ...call, resource, target, namespace });
}

function ofNoResource({ served, request }: Call): SandboxReply {
  const found = discovery(request.path, served.cluster.identity.version) ?? openapi(request.path);
  if (found === undefined) return textReply(404, '404 page not found\n');
  return typeof found === 'string' ? textReply(200, found) : jsonReply(200, found);
}

function ofResource(call: ResourceCall): Answered {
  const { verb } = call.request;
  switch (subresourceOf(call)) {
    case 'log':
      if (verb === 'get') return podLog(call);
      break;
    case 'eviction':
      if (verb === 'create') return toDelivery(jsonReply(201, evictPod(call)));
      break;
    case 'scale':
      if (verb === 'get' || verb === 'update' || verb === 'patch')
        return toDelivery(jsonReply(200, scale(call)));
      break;
    case 'status':
      if (verb === 'get' || verb === 'update' || verb === 'patch') return toDelivery(ofObject(call, verb));
      break;
    case undefined:
      if (verb === 'watch') return watch(call);
      if (verb !== 'other' && (verb !== 'create' || isCollection(call)))
        return toDelivery(ofObject(call, verb));
  }
  throw new StatusError(
    405,
    'MethodNotAllowed',
    'the server does not allow this method on the requested resource',
    {},
  );
}

function subresourceOf({ resource, target: { subresource } }: ResourceCall): Subresource | undefined {
  if (subresource === undefined) return undefined;
  const found = resource.subresources.find((one) => one === subresource);
  if (!found) throw unknownResource();
  return found;
}

/**
 * Whether an object can be created at the path. A namespaced resource takes no new object at the path for all
 * namespaces.
 */
function isCollection({ resource, target, namespace }: ResourceCall): boolean {
  return target.name === undefined && resource.namespaced === (namespace !== undefined);
}

function ofObject(call: ResourceCall, verb: Exclude<Verb, 'watch' | 'other'>): SandboxReply {
  const { show } = negotiated(call.request.headers['accept'] ?? '', call.target.group);
  switch (verb) {
    case 'get':
      return jsonReply(200, show(existing(call)));
    case 'list':
      return jsonReply(200, list(call));
    case 'create':
      return jsonReply(201, show(create(call)));
    case 'update':
      return jsonReply(200, show(replace(call)));
    case 'patch': {
      const { object, isNew } = patch(call);
      return jsonReply(isNew ? 201 : 200, show(object));
    }
    case 'delete':
      return jsonReply(200, deleteOne(call));
    case 'deletecollection':
      return jsonReply(200, deleteCollection(call));
  }
}

function unknownResource(): StatusError {
  return new StatusError(404, 'NotFound', 'the server could not find the requested resource', {});
}
