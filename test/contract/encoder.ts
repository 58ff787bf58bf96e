/** Turns an operation and its input into the HTTP request that a rest-json model asks for, from the model alone. */
import { type Model, membersOf, shapeOf } from './model';

export interface EncodedRequest {
  readonly method: string;
  /** Percent-encoded. */
  readonly path: string;
  /** In the model's order; a list stands there once for each member. */
  readonly query: readonly (readonly [name: string, value: string])[];
  /** Undefined when the operation has no member that travels in the body. */
  readonly body: Readonly<Record<string, unknown>> | undefined;
}

/** @throws when the model has no such operation, the input an unknown member, or a label no value. */
export function encode(
  model: Model,
  operationName: string,
  input: Readonly<Record<string, unknown>>,
): EncodedRequest {
  const operation = model.operations[operationName];
  if (model.metadata.protocol !== 'rest-json' || !operation)
    throw new Error(`No rest-json operation ${operationName}`);
  const members = membersOf(model, operation.input?.shape);
  const stranger = Object.keys(input).find((name) => !members.some(([own]) => own === name));
  if (stranger !== undefined) throw new Error(`${operationName} has no member ${stranger}`);

  const at = (location: string | undefined) =>
    members
      .filter(([, ref]) => ref.location === location)
      .map(([name, ref]) => ({
        value: input[name],
        wireName: ref.locationName ?? name,
        isList: shapeOf(model, ref.shape).type === 'list',
      }));
  const labels = new Map(at('uri').map(({ wireName, value }) => [wireName, value]));
  const inBody = at(undefined);
  return {
    method: operation.http.method,
    path: operation.http.requestUri.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = labels.get(name);
      if (typeof value !== 'string' || value === '') throw new Error(`The label ${name} has no value`);
      return percentEncoded(value);
    }),
    query: at('querystring').flatMap(({ wireName, value, isList }) => {
      if (value === undefined) return [];
      const values: readonly unknown[] = isList && Array.isArray(value) ? value : [value];
      return values.map((one) => [wireName, String(one)] as const);
    }),
    body:
      inBody.length === 0
        ? undefined
        : Object.fromEntries(
            inBody.filter(({ value }) => value !== undefined).map(({ wireName, value }) => [wireName, value]),
          ),
  };
}

/** Everything but the unreserved characters of RFC 3986. */
function percentEncoded(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
