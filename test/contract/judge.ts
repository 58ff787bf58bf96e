/** The judge: holds a recorded HTTP exchange against the official model of its service. */
import { judgeError } from './errors';
import type { Exchange } from './exchange';
import { modelOf } from './model';
import { judgeOutput, judgeRequest } from './rest';
import { candidatesOf } from './routes';
import { judgeRpcOutput, judgeRpcRequest, rpcOperation } from './rpc';
import type { Finding } from './values';

export interface Judgement {
  readonly request: readonly Finding[];
  readonly reply: readonly Finding[];
}

/**
 * What is wrong with an exchange by the model alone. A request that was refused may well be wrong: its findings say
 * whether it was refused with reason.
 * @returns undefined when the service has no model.
 */
export function judge(exchange: Exchange): Judgement | undefined {
  const model = modelOf(exchange.service);
  if (!model) return undefined;
  const isError = exchange.status >= 300;
  const unknown: Judgement = {
    request: [
      {
        rule: 'operation',
        where: `${exchange.method} ${exchange.path}`,
        detail: 'no operation has this method and requestUri',
      },
    ],
    reply: isError ? judgeError(model, exchange, undefined) : [],
  };
  if (model.metadata.protocol === 'json' || model.metadata.protocol === 'query') {
    const operation = rpcOperation(model, exchange);
    if (!operation) return unknown;
    return {
      request: judgeRpcRequest(model, exchange, operation),
      reply: isError ? judgeError(model, exchange, operation) : judgeRpcOutput(model, exchange, operation),
    };
  }
  // Twins in the model: the one that the request fits best.
  const judged = candidatesOf(model, exchange).map((candidate) => ({
    candidate,
    request: judgeRequest(model, exchange, candidate),
  }));
  const [best] = judged.sort((a, b) => a.request.length - b.request.length);
  if (!best) return unknown;
  return {
    request: best.request,
    reply: isError
      ? judgeError(model, exchange, best.candidate.operation)
      : judgeOutput(model, exchange, best.candidate),
  };
}
