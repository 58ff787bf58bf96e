/** The code that the lists in `list.ts` share: the form of keys and entries, and the parameters of a page. */

import { present } from '../present';
import type { ObjectVersion } from './bucket';
import { countOf } from './call';
import type { PageRequest } from './paging';
import { refuse } from './refusal';
import { group, isoTime, leaf } from './xml';

const MAX_ITEMS = 1000;

export function describe(
  { key, lastModified, content }: ObjectVersion,
  name: (key: string) => string,
): string {
  return [
    leaf('Key', name(key)),
    leaf('LastModified', isoTime(lastModified)),
    leaf('ETag', content && `"${content.etag}"`),
    leaf('ChecksumAlgorithm', content?.checksum?.algorithm),
    leaf('ChecksumType', content?.checksum?.type),
    leaf('Size', content?.bytes.length),
    leaf('StorageClass', content && 'STANDARD'),
  ].join('');
}

export function ownerElement(id: string): string {
  return group('Owner', leaf('ID', id));
}

export function pageRequest(
  query: URLSearchParams,
  sizeName: string,
  afterPrefix: string | undefined,
): PageRequest {
  return {
    prefix: query.get('prefix') ?? '',
    delimiter: query.get('delimiter') ?? '',
    size: countOf(query, sizeName, MAX_ITEMS),
    ...present({ afterPrefix }),
  };
}

/** True if `key` comes after `marker` in S3's order: by the UTF-8 bytes of the keys. */
export function isAfter(key: string, marker: string): boolean {
  return Buffer.compare(Buffer.from(key), Buffer.from(marker)) > 0;
}

/**
 * Returns a function that writes a key in the requested form: unchanged or, with `encoding-type=url`, encoded
 * as in an HTML form, but with slashes kept.
 */
export function namer(query: URLSearchParams): (key: string) => string {
  const wanted = query.get('encoding-type');
  if (wanted === null) return (key) => key;
  if (wanted !== 'url') {
    refuse('InvalidArgument', {
      message: 'Invalid Encoding Method specified in Request',
      fields: { ArgumentName: 'encoding-type', ArgumentValue: wanted },
    });
  }
  return (key) =>
    encodeURIComponent(key)
      .replace(/[!'()~]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
      .replaceAll('%20', '+')
      .replaceAll('%2F', '/');
}
