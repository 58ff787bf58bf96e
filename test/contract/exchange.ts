/** One recorded HTTP exchange, as the judge takes it. */
import type { LoggedRequest } from '../../src/sandbox/request-log';

export interface Exchange {
  /** Signing name. */
  readonly service: string;
  readonly method: string;
  /** Percent-encoded, without the query. */
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
  /** Names in lower case; so are those of the reply. */
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly requestBody: Buffer;
  readonly status: number;
  readonly replyHeaders: Readonly<Record<string, string>>;
  readonly replyBody: Buffer;
}

/** What the sandbox recorded, without what was never answered or was spoilt on purpose on its way. */
export function exchangesOf(requests: readonly LoggedRequest[]): readonly Exchange[] {
  return requests.flatMap(({ exchange, service, fault, ...request }) => {
    if (!exchange || service === undefined || request.status === 0 || fault !== undefined) return [];
    return [
      {
        service,
        method: request.method,
        path: request.path,
        query: request.query,
        requestHeaders: exchange.requestHeaders,
        requestBody: Buffer.from(exchange.requestBody, 'base64'),
        status: request.status,
        replyHeaders: exchange.replyHeaders,
        replyBody: Buffer.from(exchange.replyBody, 'base64'),
      },
    ];
  });
}
