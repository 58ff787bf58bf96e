/** Judges error replies: a code that the operation declares or that is common to AWS, with its status and its fields. */
import { BODILESS, commonError } from './common-errors';
import type { Exchange } from './exchange';
import { type Model, type Operation, type Shape, shapeOf } from './model';
import { parsed } from './rest';
import { type Check, checkMembers, type Finding, isObject } from './values';
import { type Element, readXml } from './xml';

/** @param operation undefined when the request named none that exists. */
export function judgeError(
  model: Model,
  exchange: Exchange,
  operation: Operation | undefined,
): readonly Finding[] {
  const findings: Finding[] = [];
  const { code, fields } = readError(model, exchange, findings);
  if (code === undefined) {
    const allowed = model.metadata.protocol === 'rest-xml' && exchange.replyBody.length === 0;
    if (!allowed || !BODILESS.includes(exchange.status))
      findings.push({ rule: 'error-code', where: 'reply', detail: 'the error has no code' });
    return findings;
  }
  const declared = operation?.errors?.find(({ shape }) => nameOf(model, shape) === code);
  if (!declared) {
    const statuses = commonError(model, code);
    if (!statuses)
      findings.push({
        rule: 'error-code',
        where: code,
        detail: `${operation?.name ?? 'no operation'} does not declare it, and it is not common`,
      });
    else if (!statuses.includes(exchange.status))
      findings.push({
        rule: 'error-status',
        where: code,
        detail: `${exchange.status} is not one of ${statuses}`,
      });
    return findings;
  }
  const shape = shapeOf(model, declared.shape);
  const expected = shape.error?.httpStatusCode ?? (shape.fault ? 500 : 400);
  if (exchange.status !== expected)
    findings.push({ rule: 'error-status', where: code, detail: `${exchange.status} is not ${expected}` });
  const check: Check = { model, encoding: 'json', timestamps: 'unixTimestamp', findings };
  if (model.metadata.protocol !== 'rest-xml' && model.metadata.protocol !== 'query')
    checkMembers(check, lowerMessage(shape), fields, code);
  return findings;
}

function readError(
  model: Model,
  { replyHeaders, replyBody }: Exchange,
  findings: Finding[],
): { readonly code: string | undefined; readonly fields: Readonly<Record<string, unknown>> } {
  if (replyBody.length === 0) return { code: undefined, fields: {} };
  const source = replyBody.toString('utf8');
  if (model.metadata.protocol === 'rest-xml' || model.metadata.protocol === 'query') {
    const root = parsed(() => readXml(source), findings);
    const error = root?.name === 'Error' ? root : root?.children.find(({ name }) => name === 'Error');
    return { code: childText(error, 'Code'), fields: {} };
  }
  const body = parsed(() => JSON.parse(source) as unknown, findings);
  const { __type: type, ...fields } = isObject(body) ? body : {};
  const named = model.metadata.protocol === 'json' ? type : replyHeaders['x-amzn-errortype'];
  // A namespace before `#` and an address after `:` may stand around the code.
  const code = typeof named === 'string' ? named.replace(/^.*#/, '').replace(/:.*$/, '') : undefined;
  return { code, fields };
}

function childText(element: Element | undefined, name: string): string | undefined {
  return element?.children.find((child) => child.name === name)?.text;
}

function nameOf(model: Model, shape: string): string {
  return shapeOf(model, shape).error?.code ?? shape;
}

/** Services write the member `Message` of some exceptions in lower case, and all SDKs read both. */
function lowerMessage(shape: Shape): Shape {
  const { Message: message, ...others } = shape.members ?? {};
  return message ? { ...shape, members: { ...others, message } } : shape;
}
