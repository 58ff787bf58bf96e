#!/usr/bin/env node
// Makes test/fixtures/aws-models from official API models: the facts that tests hold requests and answers against.
// Run it with the folder of the models, named as botocore publishes them: node scripts/aws-models.mjs FOLDER
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const TARGET = resolve(import.meta.dirname, '../test/fixtures/aws-models');

/**
 * The operations of a service that are kept: all that a request could be mistaken for, without the rest of a large
 * service.
 */
const KEPT = { eks: /^/, finspace: /Kx/, s3: /^/, ssm: /^GetParameter/, sts: /^/ };

/** What the tests read of each part of a model. Names, types and rules only: no documentation. */
const MODEL = ['protocol', 'apiVersion', 'targetPrefix'];
const OPERATION = ['name', 'http', 'input', 'output', 'errors'];
const REFERENCE = [
  'shape',
  'location',
  'locationName',
  'resultWrapper',
  'flattened',
  'xmlAttribute',
  'timestampFormat',
  'idempotencyToken',
];
const SHAPE = [
  'type',
  'required',
  'enum',
  'pattern',
  'min',
  'max',
  'payload',
  'flattened',
  'timestampFormat',
  'exception',
  'fault',
  'error',
];

/** @typedef {import('../test/contract/model').Model} Model */
/** @typedef {import('../test/contract/model').ShapeRef} ShapeRef */

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error('Usage: node scripts/aws-models.mjs FOLDER, which holds eks.service-2.json and its like.');
  process.exitCode = 2;
} else {
  for (const [service, kept] of Object.entries(KEPT)) {
    const model = JSON.parse(readFileSync(join(folder, `${service}.service-2.json`), 'utf8'));
    writeFileSync(join(TARGET, `${service}.json`), textOf(factsOf(model, kept)));
  }
}

/**
 * @param {Model} model
 * @param {RegExp} kept Matches the names of the operations that are kept.
 */
function factsOf({ metadata, operations, shapes }, kept) {
  const keptOperations = Object.entries(operations).filter(([name]) => kept.test(name));
  const reached = reachable(
    shapes,
    keptOperations.map(([, operation]) => operation),
  );
  return {
    metadata: picked(metadata, MODEL),
    operations: keptOperations.map(
      ([name, operation]) =>
        /** @type {const} */ ([
          name,
          {
            ...picked(operation, OPERATION),
            http: picked(operation.http, ['method', 'requestUri', 'responseCode']),
            ...references(operation, ['input', 'output']),
            ...(operation.errors && { errors: operation.errors.map(({ shape }) => ({ shape })) }),
          },
        ]),
    ),
    shapes: Object.entries(shapes)
      .filter(([name]) => reached.has(name))
      .map(
        ([name, shape]) =>
          /** @type {const} */ ([
            name,
            {
              ...picked(shape, SHAPE),
              ...(shape.members && { members: references(shape.members, Object.keys(shape.members)) }),
              ...references(shape, ['member', 'key', 'value']),
            },
          ]),
      ),
  };
}

/**
 * The names of the shapes that the operations lead to.
 * @param {Model['shapes']} shapes
 * @param {readonly import('../test/contract/model').Operation[]} operations
 */
function reachable(shapes, operations) {
  const found = new Set();
  const waiting = operations.flatMap(({ input, output, errors = [] }) => [input, output, ...errors]);
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (next === undefined || found.has(next.shape)) continue;
    found.add(next.shape);
    const { members = {}, member, key, value } = shapes[next.shape] ?? {};
    waiting.push(...Object.values(members), member, key, value);
  }
  return found;
}

/**
 * @param {object} of
 * @param {readonly string[]} names Of members that hold references to shapes.
 */
function references(of, names) {
  return Object.fromEntries(
    Object.entries(picked(of, names)).map(([name, reference]) => [name, picked(reference, REFERENCE)]),
  );
}

/**
 * @param {object} from
 * @param {readonly string[]} names
 */
function picked(from, names) {
  return Object.fromEntries(Object.entries(from).filter(([name]) => names.includes(name)));
}

/**
 * JSON with a line for each operation and each shape, so that a later model shows what changed.
 * @param {ReturnType<typeof factsOf>} facts
 */
function textOf({ metadata, operations, shapes }) {
  /** @param {readonly (readonly [string, object])[]} entries */
  const lines = (entries) =>
    entries.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(',\n');
  return `{"metadata":${JSON.stringify(metadata)},\n"operations":{\n${lines(operations)}\n},\n"shapes":{\n${lines(shapes)}\n}}\n`;
}
