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
        ...unsigned(request.query, exchange.requestHeaders),
        requestBody: Buffer.from(exchange.requestBody, 'base64'),
        status: request.status,
        replyHeaders: exchange.replyHeaders,
        replyBody: Buffer.from(exchange.replyBody, 'base64'),
      },
    ];
  });
}

/** Parts of a presigned URL that no model knows: the signature is about the request, not of it. */
const OF_SIGNATURE =
  /^(X-Amz-(Algorithm|Credential|Date|Expires|SignedHeaders|Signature|Content-Sha256)|AWSAccessKeyId|Signature|Expires)$/;

/** Without the signature in the query; headers that the signer put there are headers again. */
function unsigned(
  query: string,
  headers: Readonly<Record<string, string>>,
): Pick<Exchange, 'query' | 'requestHeaders'> {
  const all = new URLSearchParams(query);
  if (!all.has('X-Amz-Signature') && !all.has('Signature')) return { query, requestHeaders: headers };
  const kept = [...all].filter(([name]) => !OF_SIGNATURE.test(name));
  const isHeader = ([name]: readonly [string, string]): boolean => /^x-amz-/.test(name);
  return {
    query: new URLSearchParams(kept.filter((one) => !isHeader(one))).toString(),
    requestHeaders: { ...headers, ...Object.fromEntries(kept.filter(isHeader)) },
  };
}
