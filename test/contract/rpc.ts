/** Judges JSON 1.1 and query: all operations at one address, told apart by a header or a form field. */
import type { Exchange } from './exchange';
import { type Model, type Operation, shapeOf } from './model';
import { parsed } from './rest';
import { type Check, checkMembers, type Finding, isObject } from './values';
import { readXml, structureOf } from './xml';

export function rpcOperation(
  model: Model,
  { method, path, requestHeaders, requestBody }: Exchange,
): Operation | undefined {
  if (method !== 'POST' || path !== '/') return undefined;
  const name =
    model.metadata.protocol === 'json'
      ? requestHeaders['x-amz-target']?.replace(`${model.metadata.targetPrefix}.`, '')
      : new URLSearchParams(requestBody.toString('utf8')).get('Action');
  return model.operations[name ?? ''];
}

export function judgeRpcRequest(model: Model, exchange: Exchange, { input }: Operation): readonly Finding[] {
  const findings: Finding[] = [];
  const shape = input ? shapeOf(model, input.shape) : { type: 'structure' as const };
  const wrongType = (expected: string): void => {
    if (!exchange.requestHeaders['content-type']?.startsWith(expected))
      findings.push({ rule: 'protocol', where: 'content-type', detail: `is not ${expected}` });
  };
  if (model.metadata.protocol === 'json') {
    wrongType('application/x-amz-json-1.1');
    const body = parsed(() => JSON.parse(exchange.requestBody.toString('utf8')) as unknown, findings);
    const check: Check = { model, encoding: 'json', timestamps: 'unixTimestamp', findings };
    if (isObject(body)) checkMembers(check, shape, body, '');
    else findings.push({ rule: 'type', where: 'body', detail: 'is no structure' });
    return findings;
  }
  wrongType('application/x-www-form-urlencoded');
  const {
    Action: _action,
    Version: version,
    ...fields
  } = Object.fromEntries(new URLSearchParams(exchange.requestBody.toString('utf8')));
  if (version !== model.metadata.apiVersion)
    findings.push({
      rule: 'protocol',
      where: 'Version',
      detail: `${version} is not ${model.metadata.apiVersion}`,
    });
  // Nested members would need their dotted names taken apart; no operation that the project uses has any.
  checkMembers({ model, encoding: 'text', timestamps: 'iso8601', findings }, shape, fields, '');
  return findings;
}

export function judgeRpcOutput(model: Model, exchange: Exchange, operation: Operation): readonly Finding[] {
  const findings: Finding[] = [];
  const { output } = operation;
  if (exchange.status !== 200)
    findings.push({ rule: 'status', where: 'status', detail: `${exchange.status} is not 200` });
  if (!output) return findings;
  const shape = shapeOf(model, output.shape);
  if (model.metadata.protocol === 'json') {
    const body = parsed(() => JSON.parse(exchange.replyBody.toString('utf8')) as unknown, findings);
    const check: Check = { model, encoding: 'json', timestamps: 'unixTimestamp', findings };
    if (isObject(body)) checkMembers(check, shape, body, '');
    return findings;
  }
  const root = parsed(() => readXml(exchange.replyBody.toString('utf8')), findings);
  const wrapper = root?.children.find(({ name }) => name === output.resultWrapper);
  if (root?.name !== `${operation.name}Response` || !wrapper)
    findings.push({ rule: 'protocol', where: 'body', detail: `has no ${output.resultWrapper}` });
  else
    checkMembers(
      { model, encoding: 'text', timestamps: 'iso8601', findings },
      shape,
      structureOf(model, shape, wrapper.children),
      '',
    );
  return findings;
}
