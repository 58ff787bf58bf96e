/** The tags of objects: the rules for them, and the two forms in which they are sent. */
import { refuse } from './refusal';
import { ownText, parseXml, type XmlElement } from './xml';

export type Tags = Readonly<Record<string, string>>;

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html */
const MAX_TAGS = 10;
const MAX_NAME = 128;
const MAX_VALUE = 256;
const ALLOWED = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** Tags in the header `x-amz-tagging`, which has the form of a query string. */
export function tagsOfHeader(header: string | undefined): Tags {
  const tags = [...new URLSearchParams(header ?? '')];
  if (tags.length > MAX_TAGS || hasTwice(tags)) {
    refuse('InvalidArgument', {
      message:
        "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.",
      fields: { ArgumentName: 'x-amz-tagging', ArgumentValue: header ?? '' },
    });
  }
  return checked(tags);
}

/** Tags in the document that PutObjectTagging takes. */
export function tagsOfXml(bytes: Buffer): Tags {
  const root = parseXml(bytes.toString('utf8'));
  const set = root?.children.find(({ name }) => name === 'TagSet');
  if (root?.name !== 'Tagging' || !set) refuse('MalformedXML');
  const tags = set.children.map(readTag);
  if (tags.length > MAX_TAGS) {
    refuse('BadRequest', { message: `Object tags cannot be greater than ${MAX_TAGS}` });
  }
  if (hasTwice(tags)) refuse('InvalidTag', { message: 'Cannot provide multiple Tags with the same key' });
  return checked(tags);
}

function readTag(element: XmlElement): readonly [string, string] {
  const name = ownText(element, 'Key');
  const value = ownText(element, 'Value');
  if (element.name !== 'Tag' || name === undefined || value === undefined) refuse('MalformedXML');
  return [name, value];
}

function checked(tags: readonly (readonly [string, string])[]): Tags {
  for (const [name, value] of tags) {
    if (name === '' || name.length > MAX_NAME || !ALLOWED.test(name)) {
      refuse('InvalidTag', {
        message: 'The TagKey you have provided is invalid',
        fields: { TagKey: name },
      });
    }
    if (value.length > MAX_VALUE || !ALLOWED.test(value)) {
      refuse('InvalidTag', {
        message: 'The TagValue you have provided is invalid',
        fields: { TagKey: name, TagValue: value },
      });
    }
    if (name.startsWith('aws:')) {
      refuse('InvalidTag', { message: 'System tags cannot be added/updated by requester' });
    }
  }
  return Object.fromEntries(tags);
}

function hasTwice(tags: readonly (readonly [string, string])[]): boolean {
  return new Set(tags.map(([name]) => name)).size < tags.length;
}
