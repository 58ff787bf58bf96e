/** docs/targets.md says what slipway.json can hold. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { parseTargets, targetsSchema } from './kinds';

const text = readFileSync(resolve(import.meta.dirname, '../../docs/targets.md'), 'utf8');

test('its example can be used as it stands', () => {
  const [, example = ''] = /```jsonc\n([^`]*)```/.exec(text) ?? [];
  const { entries, problems } = parseTargets(example);
  expect(problems).toEqual([]);
  expect(entries.map(({ name, target }) => [name, target?.protected, target?.onSave.enabled])).toEqual([
    ['gateway', true, false],
    ['scratch', false, true],
  ]);
});

test('it names everything that the schema knows', () => {
  const names = Object.values(targetsSchema.definitions).flatMap(({ properties = {} }) =>
    Object.keys(properties),
  );
  expect(names.filter((name) => !new RegExp(`\`${name}\`|"${name}":`).test(text))).toEqual([]);
});
