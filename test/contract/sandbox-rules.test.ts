/** The sandbox's own input rules say yes and no exactly where the official models do. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as eks from '../../src/sandbox/eks/shapes';
import * as finspace from '../../src/sandbox/finspace/shapes';
import type { Shape as SandboxShape, Violation } from '../../src/sandbox/shapes';
import { type Model, modelOf, type Shape, type ShapeRef, shapeOf } from './model';
import { checkMembers, type Finding } from './values';

/** Operations whose whole input can travel as JSON values, so that one check serves all members. */
const OPERATIONS: readonly (readonly [string, string, SandboxShape<unknown>])[] = [
  ['finspace', 'GetKxEnvironment', finspace.getEnvironment],
  ['finspace', 'GetKxCluster', finspace.getCluster],
  ['finspace', 'UpdateKxClusterCodeConfiguration', finspace.updateCode],
  ['eks', 'DescribeNodegroup', eks.describeNodegroup],
  ['eks', 'UpdateNodegroupVersion', eks.updateNodegroupVersion],
  ['eks', 'UpdateNodegroupConfig', eks.updateNodegroupConfig],
  ['eks', 'ListInsights', eks.listInsights],
  ['eks', 'DescribeInsight', eks.describeInsight],
  ['eks', 'DescribeAddon', eks.describeAddon],
];

/** Members that the sandbox refuses as a whole. */
const UNPLAYED = ['nodeRepairConfig', 'warmPoolConfig'];

/** Strings near the edge of a shape's rules: of its pattern, somewhat changed, too short, too long. */
function strings({ pattern, min = 0, max = 70, enum: values }: Shape): fc.Arbitrary<string> {
  const matching = values
    ? fc.constantFrom(...values)
    : pattern === undefined || /\(\?/.test(pattern)
      ? fc.constantFrom('s', 'AWS_ZIP_DEFAULT', 'tp_port', 'awsRegion', 'p', 'a1', 'secret;rm', 'sx', 's ')
      : fc.stringMatching(new RegExp(pattern.replace(/^\^?/, '^').replace(/\$?$/, '$')), { maxLength: 80 });
  return fc.oneof(
    { weight: 6, arbitrary: matching },
    {
      weight: 1,
      arbitrary: fc
        .tuple(matching, fc.constantFrom(' ', ';', 'é', '\n', '/', '-'))
        .map((parts) => parts.join('')),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom('', 'a'.repeat(Math.max(0, min - 1)), 'a'.repeat(max + 1), 'a'.repeat(max)),
    },
  );
}

function values(model: Model, { shape: name }: ShapeRef): fc.Arbitrary<unknown> {
  const shape = shapeOf(model, name);
  const wrong = fc.constantFrom<unknown>(7, true, 'x', [], {});
  const right = ((): fc.Arbitrary<unknown> => {
    switch (shape.type) {
      case 'structure':
        return structures(model, shape);
      case 'list':
        return shape.member ? fc.array(values(model, shape.member), { maxLength: 3 }) : fc.constant([]);
      case 'map':
        return fc.dictionary(
          fc.constantFrom('a', 'key', 'k'.repeat(64)),
          shape.value ? values(model, shape.value) : wrong,
          {
            maxKeys: 2,
          },
        );
      case 'boolean':
        return fc.boolean();
      case 'string':
        return strings(shape);
      default:
        return fc.constantFrom(
          (shape.min ?? 0) - 1,
          shape.min ?? 0,
          shape.max ?? 9,
          (shape.max ?? 9) + 1,
          1.5,
        );
    }
  })();
  return fc.oneof({ weight: 30, arbitrary: right }, { weight: 1, arbitrary: wrong });
}

function structures(model: Model, { members = {}, required = [] }: Shape): fc.Arbitrary<unknown> {
  const fields = Object.entries(members).filter(([name]) => !UNPLAYED.includes(name));
  const all = fc.record(Object.fromEntries(fields.map(([name, ref]) => [name, values(model, ref)])), {
    requiredKeys: [...required],
  });
  return fc.oneof(
    { weight: 20, arbitrary: all },
    {
      weight: 1,
      arbitrary: fc.record(Object.fromEntries(fields.map(([name, ref]) => [name, values(model, ref)])), {
        requiredKeys: [],
      }),
    },
  );
}

describe('by the official models', () => {
  test.each(OPERATIONS)('%s %s', (service, operation, sandboxShape) => {
    const model = modelOf(service) as Model;
    const input = shapeOf(model, model.operations[operation]?.input?.shape ?? '');
    let refused = 0;
    fc.assert(
      fc.property(structures(model, input), (value) => {
        const findings: Finding[] = [];
        checkMembers(
          { model, encoding: 'json', timestamps: 'unixTimestamp', findings },
          input,
          value as object as Record<string, unknown>,
          '',
        );
        const violations: Violation[] = [];
        sandboxShape.read(value, '', violations);
        if (findings.length > 0) refused += 1;
        expect({ value, refused: violations.length > 0 }).toEqual({ value, refused: findings.length > 0 });
      }),
      { numRuns: 1000 },
    );
    expect(refused).toBeGreaterThan(10);
    expect(refused).toBeLessThan(990);
  });
});
