/** The part of JSON Schema that the schema of `slipway.json` uses. */
import type { Json } from '../model/json';

/**
 * The keywords that the schema may use. The validator ignores `description` and `default`, which only describe, and
 * checks all others. A test fails if the schema uses a keyword that is neither ignored nor checked.
 */
export interface Schema {
  readonly $ref?: string;
  readonly description?: string;
  readonly default?: Json;
  readonly type?: string | readonly string[];
  readonly enum?: readonly Json[];
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly minimum?: number;
  readonly maximum?: number;
}

export interface RootSchema extends Schema {
  readonly definitions: Readonly<Record<string, Schema>>;
}
