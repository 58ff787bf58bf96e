/** Checks each answer before the SDK reads it. */
import { Readable } from 'node:stream';
import { NodeHttpHandler, type NodeHttpHandlerOptions } from '@smithy/node-http-handler';
import { Turnstile } from '../../model/turns';
import { collected, TooLong } from './collected';
import { requestIdIn, strangenessOf } from './on-the-wire';
import { askedRange, rangeMisfit } from './range';
import { ruleOf } from './rules';
import { strangeAnswer } from './strange-answer';

/**
 * The most bytes that an answer may have, unless it is the content of an object. S3's fullest list has about
 * two million bytes.
 */
const LARGEST_ANSWER = 32 * 1024 * 1024;

/**
 * The largest number of answers that are read in one turn of the event loop. The answers to many requests
 * come at once, and the SDK needs up to a millisecond to read one.
 */
const IN_ONE_TURN = 3;

type HttpRequest = Parameters<NodeHttpHandler['handle']>[0];
type HandlerOptions = NonNullable<Parameters<NodeHttpHandler['handle']>[1]>;
/** The caller's options, which include the name of the operation. */
type CheckingOptions = HandlerOptions & { readonly operation?: string };
type Handled = Awaited<ReturnType<NodeHttpHandler['handle']>>;
type Response = Handled['response'];

export class CheckingHandler extends NodeHttpHandler {
  private readonly answers = new Turnstile(IN_ONE_TURN);

  /**
   * @param isOwn whether the endpoint is AWS's own: more is known about its answers than about those of a
   * compatible endpoint
   */
  constructor(
    private readonly isOwn: boolean,
    options: NodeHttpHandlerOptions,
  ) {
    super(options);
  }

  override async handle(request: HttpRequest, options: CheckingOptions = {}): Promise<Handled> {
    const { operation, abortSignal } = options;
    const rule = ruleOf(operation);
    // Without this header, VS Code would close each connection after its answer, and a handshake costs more than most
    // requests.
    request.headers['connection'] = 'keep-alive';
    const { response } = await super.handle(request, options);
    const succeeded = response.statusCode >= 200 && response.statusCode < 300;
    const limit = succeeded && rule.body.kind === 'range' ? rangeLimit(request, response) : LARGEST_ANSWER;
    const body = await read(response, limit, abortSignal);
    await this.answers.pass();
    if (succeeded) {
      const { statusCode: status, headers } = response;
      const strangeness = strangenessOf({ status, headers, body }, rule, this.isOwn);
      if (strangeness !== undefined) throw strange(response, strangeness);
    }
    response.body = Readable.from(body.byteLength === 0 ? [] : [body], { objectMode: false });
    return { response };
  }
}

/**
 * How many bytes of an object will arrive. @throws for an answer that is not the requested range, without reading it
 */
function rangeLimit(request: HttpRequest, response: Response): number {
  const asked = askedRange(headerIn(request.headers, 'range'));
  const found = rangeMisfit(asked, response.statusCode, response.headers);
  if (typeof found === 'number') return found;
  destroy(response);
  throw strange(response, found.circumstance, found.passing);
}

async function read(
  response: Response,
  limit: number,
  signal: CheckingOptions['abortSignal'],
): Promise<Uint8Array> {
  try {
    return await collected(response.body, limit, signal);
  } catch (thrown) {
    destroy(response);
    if (!(thrown instanceof TooLong)) throw thrown;
    throw strange(response, `with more than the ${limit} bytes that were to come`, false);
  }
}

function strange(response: Response, circumstance: string, passing?: boolean): Error {
  const { statusCode: status, headers } = response;
  return strangeAnswer({ status, requestId: requestIdIn(headers) }, circumstance, passing);
}

/** Closes the connection, since the rest of the answer is not needed. */
function destroy({ body }: Response): void {
  if (body instanceof Readable) body.destroy();
}

function headerIn(headers: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.entries(headers).find(([one]) => one.toLowerCase() === name)?.[1];
}
