/**
 * Checks a JSON tree against the schema that the editor uses, too. Supports only the part of JSON Schema that
 * `schema.json` uses.
 */
import type { Node } from 'jsonc-parser';
import type { CodedOf } from '../../model/coded';
import type { RootSchema, Schema } from '../json-schema';
import { rangeOf, type StructureCode, type StructureFacts, type TextRange } from './problem';

export type StructureProblem = CodedOf<StructureFacts> & {
  readonly source: 'structure';
  readonly range: TextRange;
};

const REFUSES_WHOLE: ReadonlySet<StructureCode> = new Set(['wrong-type', 'not-allowed-value']);

/** The places where the tree does not fit the schema; none if it fits. */
export function structureProblems(root: RootSchema, tree: Node): readonly StructureProblem[] {
  return check(root, tree);

  function check(schema: Schema, node: Node): readonly StructureProblem[] {
    const { $ref, type, anyOf } = schema;
    if ($ref !== undefined) return check(definition($ref), node);
    if (anyOf !== undefined) return checkAlternatives(anyOf, node);
    const types = type === undefined ? [] : [type].flat();
    if (types.length > 0 && !types.some((expected) => isOf(expected, node))) {
      return [problem(node, { code: 'wrong-type', facts: { expected: types, found: node.type } })];
    }
    if (schema.enum !== undefined && !schema.enum.includes(node.value)) {
      return [problem(node, { code: 'not-allowed-value', facts: { allowed: schema.enum } })];
    }
    switch (node.type) {
      case 'object':
        return checkObject(schema, node);
      case 'array':
        return schema.items === undefined ? [] : checkItems(schema.items, node);
      case 'number':
        return checkNumber(schema, node);
      default:
        return [];
    }
  }

  function definition(reference: string): Schema {
    const found = root.definitions[reference.replace('#/definitions/', '')];
    if (found === undefined) throw new Error(`the schema has no ${reference}`);
    return found;
  }

  /**
   * Returns no problems if the value fits one of the alternatives. Otherwise, returns the problems of the first
   * alternative that reports neither `wrong-type` nor `not-allowed-value` for the value itself (it may report
   * them for parts of the value). If there is none, returns the problems of the first alternative whose first
   * problem is `not-allowed-value`; if there is none either, the problems of all alternatives.
   */
  function checkAlternatives(alternatives: readonly Schema[], node: Node): readonly StructureProblem[] {
    const results = alternatives.map((schema) => check(schema, node));
    if (results.some((problems) => problems.length === 0)) return [];
    // The parts of a value begin at greater offsets than the value itself.
    const refusesWhole = ({ code, range }: StructureProblem): boolean =>
      REFUSES_WHOLE.has(code) && range.offset === node.offset;
    const partly = results.find((problems) => !problems.some(refusesWhole));
    return partly ?? results.find(([first]) => first?.code === 'not-allowed-value') ?? results.flat();
  }

  function checkObject(schema: Schema, node: Node): readonly StructureProblem[] {
    const { properties = {}, additionalProperties, required = [] } = schema;
    const members = membersOf(node);
    const missing = required
      .filter((name) => !members.some((member) => member.name === name))
      .map((name) => problem(node, { code: 'missing-member', facts: { name } }));
    const inside = members.flatMap(({ name, key, value }) => {
      const known = Object.hasOwn(properties, name) ? properties[name] : additionalProperties;
      if (known === false) {
        return [problem(key, { code: 'unknown-member', facts: { name, known: Object.keys(properties) } })];
      }
      return typeof known === 'object' && value !== undefined ? check(known, value) : [];
    });
    return [...missing, ...inside];
  }

  function checkItems(schema: Schema, node: Node): readonly StructureProblem[] {
    return (node.children ?? []).flatMap((item) => check(schema, item));
  }
}

export interface Member {
  readonly name: string;
  readonly key: Node;
  /** Absent while the user is still typing the member. */
  readonly value?: Node;
}

/** Members of an object in the order of the text. */
export function membersOf(node: Node | undefined): readonly Member[] {
  return (node?.type === 'object' ? (node.children ?? []) : []).flatMap(({ children = [] }) => {
    const [key, value] = children;
    return key === undefined ? [] : [{ name: String(key.value), key, ...(value && { value }) }];
  });
}

function checkNumber({ minimum, maximum }: Schema, node: Node): readonly StructureProblem[] {
  if (minimum !== undefined && node.value < minimum) {
    return [problem(node, { code: 'too-small', facts: { minimum } })];
  }
  if (maximum !== undefined && node.value > maximum) {
    return [problem(node, { code: 'too-large', facts: { maximum } })];
  }
  return [];
}

function isOf(type: string, node: Node): boolean {
  return type === 'integer' ? node.type === 'number' && Number.isInteger(node.value) : node.type === type;
}

function problem(node: Node, wrong: CodedOf<StructureFacts>): StructureProblem {
  return { source: 'structure', ...wrong, range: rangeOf(node) };
}
