import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { targetSchema } from '../../scripts/build/target-schema.mjs';
import { targetsSchema } from '../deploy/kinds';

test('the editor gets the schema that the parser of slipway.json goes by', async () => {
  const built = JSON.parse(await targetSchema(resolve(import.meta.dirname, '../..')));
  expect(built).toEqual(targetsSchema);
  expect(Object.keys(built.definitions.target.properties)).toContain('cluster');
});
