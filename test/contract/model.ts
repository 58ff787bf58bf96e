/** The facts of the official API models, as scripts/aws-models.mjs made them; the judge knows nothing but what stands in them. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export interface ShapeRef {
  readonly shape: string;
  readonly location?: 'uri' | 'querystring' | 'header' | 'headers' | 'statusCode';
  readonly locationName?: string;
  readonly flattened?: boolean;
  readonly xmlAttribute?: boolean;
  readonly timestampFormat?: TimestampFormat;
  readonly idempotencyToken?: boolean;
}

export type TimestampFormat = 'iso8601' | 'rfc822' | 'unixTimestamp';

export interface Shape {
  readonly type:
    | 'structure'
    | 'list'
    | 'map'
    | 'string'
    | 'integer'
    | 'long'
    | 'double'
    | 'float'
    | 'boolean'
    | 'timestamp'
    | 'blob';
  readonly members?: Readonly<Record<string, ShapeRef>>;
  readonly required?: readonly string[];
  readonly member?: ShapeRef;
  readonly key?: ShapeRef;
  readonly value?: ShapeRef;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly min?: number;
  readonly max?: number;
  readonly payload?: string;
  readonly flattened?: boolean;
  readonly timestampFormat?: TimestampFormat;
  readonly exception?: boolean;
  readonly fault?: boolean;
  readonly error?: { readonly code?: string; readonly httpStatusCode?: number };
}

export interface Operation {
  readonly name: string;
  readonly http: { readonly method: string; readonly requestUri: string; readonly responseCode?: number };
  readonly input?: { readonly shape: string };
  readonly output?: { readonly shape: string; readonly resultWrapper?: string };
  readonly errors?: readonly { readonly shape: string }[];
}

export interface Model {
  readonly metadata: {
    readonly protocol: 'rest-json' | 'rest-xml' | 'json' | 'query';
    readonly apiVersion: string;
    readonly targetPrefix?: string;
  };
  readonly operations: Readonly<Record<string, Operation>>;
  readonly shapes: Readonly<Record<string, Shape>>;
}

const FOLDER = resolve(import.meta.dirname, '../fixtures/aws-models');

const SERVICES = ['eks', 'finspace', 's3', 'ssm', 'sts'] as const;

const MODELS: ReadonlyMap<string, Model> = new Map(
  SERVICES.map((service) => [
    service,
    JSON.parse(readFileSync(join(FOLDER, `${service}.json`), 'utf8')) as Model,
  ]),
);

/** The model of a service by its signing name; undefined when there is none, as for EC2 and CloudWatch Logs. */
export function modelOf(service: (typeof SERVICES)[number]): Model;
export function modelOf(service: string): Model | undefined;
export function modelOf(service: string): Model | undefined {
  return MODELS.get(service);
}

export function shapeOf(model: Model, name: string): Shape {
  const shape = model.shapes[name];
  if (!shape) throw new Error(`The model has no shape ${name}`);
  return shape;
}

export function membersOf(model: Model, name: string | undefined): readonly (readonly [string, ShapeRef])[] {
  return name === undefined ? [] : Object.entries(shapeOf(model, name).members ?? {});
}
