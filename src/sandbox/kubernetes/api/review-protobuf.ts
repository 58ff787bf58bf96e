/**
 * Reads the one kind of body that kubectl sends only in protobuf: reviews of the caller's own rights.
 * https://kubernetes.io/docs/reference/using-api/api-concepts/#protobuf-encoding
 */
import { present } from '../../present';
import type { JsonObject } from '../../protocols/operation';
import { badRequest } from '../status';

const MAGIC = Buffer.from('k8s\0', 'latin1');

/**
 * Names of the members in the order of their field numbers, from 1, in
 * k8s.io/api/authorization/v1/generated.proto.
 */
const RESOURCE_ATTRIBUTES = ['namespace', 'verb', 'group', 'version', 'resource', 'subresource', 'name'];
const PATH_ATTRIBUTES = ['path', 'verb'];

/** The review in the form of a JSON body, with only its `spec`. @throws a Status 400 */
export function reviewIn(body: Buffer): JsonObject {
  if (!body.subarray(0, MAGIC.length).equals(MAGIC)) throw malformed();
  const envelope = fieldsOf(body.subarray(MAGIC.length));
  const spec = fieldsOf(fieldsOf(envelope.get(2)).get(2));
  const [resource, path] = [spec.get(1), spec.get(2)];
  return {
    spec: present({
      resourceAttributes: resource && named(resource, RESOURCE_ATTRIBUTES),
      nonResourceAttributes: path && named(path, PATH_ATTRIBUTES),
    }),
  };
}

function named(message: Buffer, names: readonly string[]): JsonObject {
  const fields = fieldsOf(message);
  return Object.fromEntries(
    names.flatMap((name, index) => {
      const value = fields.get(index + 1);
      return value && value.length > 0 ? [[name, value.toString('utf8')]] : [];
    }),
  );
}

/**
 * The fields of a message, by their numbers. Reads only fields with a length prefix: the messages that are
 * read here have no other fields.
 * @throws a Status 400 for any other field
 */
function fieldsOf(message: Buffer = Buffer.alloc(0)): ReadonlyMap<number, Buffer> {
  const fields = new Map<number, Buffer>();
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = message[at];
      if (byte === undefined) throw malformed();
      at += 1;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    throw malformed();
  };
  while (at < message.length) {
    const tag = varint();
    if (tag % 8 !== 2) throw malformed();
    const length = varint();
    if (at + length > message.length) throw malformed();
    fields.set(Math.floor(tag / 8), message.subarray(at, at + length));
    at += length;
  }
  return fields;
}

function malformed(): Error {
  return badRequest('the body is no review in protobuf');
}
