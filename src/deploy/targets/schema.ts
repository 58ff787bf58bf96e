/** The schema of `slipway.json`: the members of every target and those of each kind. */

import type { RootSchema, Schema } from '../json-schema';
import type { TargetKinds } from '../port/target-kind';
import data from './schema.json';

/**
 * The only schema of the file: VS Code checks the file against the same data. It allows the members and
 * strategies of all kinds; a separate rule checks which of them a target of one kind may have.
 */
export function targetsSchema(kinds: TargetKinds): RootSchema {
  const { all, usual } = kinds;
  const { target } = data.definitions;
  const { connection, ...others } = target.properties;
  const properties: Readonly<Record<string, Schema>> = {
    kind: {
      description: `What runs the code: ${all.map(({ members }) => members.description).join(', or ')}.`,
      enum: all.map(({ id }) => id),
      default: usual.id,
    },
    connection,
    ...Object.assign({}, ...all.map(({ members }) => members.properties)),
    ...others,
    strategy: {
      ...target.properties.strategy,
      enum: [...new Set(all.flatMap(({ strategies }) => strategies.map(({ id }) => id)))],
    },
  };
  return { ...data, definitions: { ...data.definitions, target: { ...target, properties } } };
}
