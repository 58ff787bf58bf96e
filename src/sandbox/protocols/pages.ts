/** Pages of a list, with opaque tokens that are valid for that list only. */

interface PageRequest {
  /**
   * Names the list, and may contain inputs of the request. A token is valid only for a request with the same
   * value.
   */
  readonly list: string;
  readonly maxResults?: number | undefined;
  readonly nextToken?: string | undefined;
  /** The most items per page that the service allows. */
  readonly ceiling: number;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextToken: string | undefined;
}

/** Returns one page of `all`; undefined if the token was not made for this list. */
export function pageOf<T>(all: readonly T[], request: PageRequest): Page<T> | undefined {
  const start = request.nextToken === undefined ? 0 : readToken(request.list, request.nextToken);
  if (start === undefined) return undefined;
  const end = start + Math.min(request.maxResults || request.ceiling, request.ceiling);
  const more = end < all.length;
  return { items: all.slice(start, end), nextToken: more ? writeToken(request.list, end) : undefined };
}

function writeToken(list: string, start: number): string {
  return Buffer.from(`${start} ${list}`).toString('base64url');
}

function readToken(list: string, token: string): number | undefined {
  const [start = '', ...name] = Buffer.from(token, 'base64url').toString('utf8').split(' ');
  return name.join(' ') === list && /^\d+$/.test(start) ? Number(start) : undefined;
}
