/** The kinds of fault: how each is played on a request of a service, and what is to be expected of it. */
import type { Fault } from '../../src/sandbox/fault-syntax';

/** A request as the sandbox's log names it. */
export interface Request {
  readonly service: string;
  readonly operation: string;
}

type Played = Fault extends infer One ? (One extends Fault ? Omit<One, keyof Matching> : never) : never;
type Matching = Pick<Fault, 'service' | 'operation' | 'path' | 'after' | 'times'>;

export interface FaultKind {
  readonly name: string;
  /** `patienceMs`: with a silent connection. Undefined for requests on which it cannot be played. `dns`: below the sandbox, see below.ts. */
  readonly play: (request: Request, patienceMs: number) => Played | 'dns' | undefined;
  /** Silence is waited out, so that the patience is to be short. */
  readonly silent?: true;
  /** While it lasts it is on every request of the service, not of the one operation alone. */
  readonly wide?: true;
  /** How often it is played at most while it lasts, since each time takes real time. */
  readonly most?: number;
  /** Nobody need be told of it: `once`, since it is over by the next try; `lasting`, since there is a way around it. */
  readonly endured?: 'once' | 'lasting' | 'always';
  /** An answer that cannot be told from AWS's own, and is not true. */
  readonly lies?: true;
}

const XML = 'application/xml';
const isXml = (service: string): boolean => service === 's3' || service === 'sts' || service === 'ec2';
const HTML = '<!DOCTYPE html>\n<html><head><title>Log in</title></head><body>Log in</body></html>\n';

/** An error as each service spells it; `other` for those that are not named. */
function error(
  message: string,
  spelled: Readonly<Record<string, readonly [status: number, code: string]>> & {
    readonly other: readonly [number, string];
  },
): FaultKind['play'] {
  return ({ service }) => {
    const [status, code] = spelled[service] ?? spelled.other;
    return { kind: 'error', status, code, message };
  };
}

/** The answer of somebody who is not AWS, but for `headers`. */
function answer(
  status: number,
  headers: Readonly<Record<string, string>>,
  body: string,
  carriedOut = false,
): Played {
  return { kind: 'reply', status, headers, body, carriedOut };
}

const FROM_AWS = {
  'x-amzn-requestid': '5f0d7a1e-0000-4000-8000-000000000000',
  'x-amz-request-id': '5F0D7A1E00000000',
};

function misshapen(carriedOut: boolean): FaultKind['play'] {
  return ({ service }) =>
    isXml(service)
      ? answer(
          200,
          { ...FROM_AWS, 'content-type': XML },
          '<?xml version="1.0"?><Other><Thing>1</Thing></Other>',
          carriedOut,
        )
      : answer(200, { ...FROM_AWS, 'content-type': 'application/json' }, '[1,"two"]', carriedOut);
}

/** S3 finds damage by its checksums; the others find that the signature does not fit what came; below Kubernetes TLS does. */
const damaged: FaultKind['play'] = (request) => {
  if (request.service === 'kubernetes') return undefined;
  if (request.service !== 's3') {
    return error('The request signature we calculated does not match the signature you provided.', {
      sts: [403, 'SignatureDoesNotMatch'],
      ec2: [401, 'AuthFailure'],
      other: [403, 'InvalidSignatureException'],
    })(request, 0);
  }
  if (/^(Put|UploadPart$)/.test(request.operation)) return { kind: 'flip-request' };
  if (/^(Get|List|Create|Complete)/.test(request.operation)) return { kind: 'flip' };
  return { kind: 'error', status: 400, code: 'BadDigest', message: 'The checksum did not match.' };
};

export const KINDS: readonly FaultKind[] = [
  {
    name: 'throttled',
    wide: true,
    endured: 'once',
    play: error('Rate exceeded', {
      s3: [503, 'SlowDown'],
      ec2: [503, 'RequestLimitExceeded'],
      sts: [400, 'Throttling'],
      kubernetes: [429, 'TooManyRequests'],
      other: [429, 'ThrottlingException'],
    }),
  },
  {
    name: 'server error',
    wide: true,
    endured: 'once',
    play: error('Something went wrong inside.', {
      s3: [500, 'InternalError'],
      ec2: [500, 'InternalError'],
      sts: [500, 'InternalFailure'],
      eks: [500, 'ServerException'],
      kubernetes: [500, 'InternalError'],
      other: [500, 'InternalServerException'],
    }),
  },
  { name: 'HTML 503', wide: true, endured: 'once', play: () => ({ kind: 'html', status: 503 }) },
  { name: 'HTML 200', wide: true, play: () => ({ kind: 'html', status: 200 }) },
  { name: 'empty 200', wide: true, play: () => ({ kind: 'empty', status: 200 }) },
  { name: 'empty 204', wide: true, play: () => ({ kind: 'empty', status: 204 }) },
  {
    name: 'JSON of a proxy',
    wide: true,
    play: () => answer(200, { 'content-type': 'application/json' }, '{"status":"ok"}'),
  },
  { name: 'wrong shape, done', play: misshapen(true) },
  { name: 'wrong shape, not done', lies: true, play: misshapen(false) },
  { name: 'reset before', wide: true, endured: 'once', play: () => ({ kind: 'reset' }) },
  { name: 'reset within', wide: true, play: () => ({ kind: 'truncate' }) },
  { name: 'reset after', wide: true, play: () => ({ kind: 'reset-after' }) },
  { name: 'cut short', wide: true, play: () => ({ kind: 'shorten' }) },
  {
    name: 'slow',
    wide: true,
    endured: 'always',
    most: 12,
    play: () => ({ kind: 'delay', ms: 100 }),
  },
  {
    name: 'too late',
    wide: true,
    silent: true,
    most: 4,
    // Half of the patience is for the connection to a cluster, see rig.ts.
    play: ({ service }, patience) => ({
      kind: 'delay',
      ms: Math.round(patience * (service === 'kubernetes' ? 2 : 1.5)),
    }),
  },
  { name: 'hang', wide: true, silent: true, endured: 'once', most: 4, play: () => ({ kind: 'hang' }) },
  { name: 'wrong checksum', play: damaged },
  // Once would be a clock that goes wrong for the time of one request.
  { name: 'clock skew', wide: true, endured: 'lasting', play: () => ({ kind: 'skew', ms: 3_600_000 }) },
  {
    name: 'expired token',
    wide: true,
    play: error('The security token included in the request is expired', {
      s3: [400, 'ExpiredToken'],
      ec2: [400, 'RequestExpired'],
      sts: [403, 'ExpiredToken'],
      kubernetes: [401, 'Unauthorized'],
      other: [403, 'ExpiredTokenException'],
    }),
  },
  {
    name: 'denied',
    play: error('User is not authorized to perform this.', {
      s3: [403, 'AccessDenied'],
      ec2: [403, 'UnauthorizedOperation'],
      sts: [403, 'AccessDenied'],
      ssm: [400, 'AccessDeniedException'],
      kubernetes: [403, 'Forbidden'],
      other: [403, 'AccessDeniedException'],
    }),
  },
  {
    name: 'not found',
    lies: true,
    play: ({ service, operation }) =>
      service === 's3' && /Upload|Part/.test(operation)
        ? { kind: 'error', status: 404, code: 'NoSuchUpload', message: 'The upload does not exist.' }
        : error('There is no such thing.', {
            s3: [404, 'NoSuchKey'],
            ec2: [400, 'InvalidSubnetID.NotFound'],
            ssm: [400, 'ParameterNotFound'],
            sts: [404, 'NotFound'],
            kubernetes: [404, 'NotFound'],
            other: [404, 'ResourceNotFoundException'],
          })({ service, operation }, 0),
  },
  {
    name: 'conflict',
    play: error('Something else is going on there.', {
      s3: [409, 'OperationAborted'],
      ec2: [400, 'IncorrectState'],
      eks: [409, 'ResourceInUseException'],
      kubernetes: [409, 'Conflict'],
      other: [409, 'ConflictException'],
    }),
  },
  {
    name: 'expired',
    play: ({ service }) =>
      service === 'kubernetes'
        ? { kind: 'error', status: 410, code: 'Expired', message: 'The provided resourceVersion is too old.' }
        : undefined,
  },
  {
    name: 'redirect to a portal',
    wide: true,
    play: () => answer(302, { location: 'http://127.0.0.1:9/login', 'content-type': 'text/html' }, HTML),
  },
  {
    name: 'redirect of S3',
    play: ({ service }) =>
      service === 's3'
        ? answer(
            301,
            { ...FROM_AWS, 'content-type': XML, 'x-amz-bucket-region': 'eu-west-1' },
            '<?xml version="1.0"?><Error><Code>PermanentRedirect</Code><Message>Use the right endpoint.</Message></Error>',
          )
        : undefined,
  },
  { name: 'no such name', wide: true, endured: 'once', play: () => 'dns' },
];
