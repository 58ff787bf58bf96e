/** Where a profile stands in the AWS files. */
import { expect, test } from 'vitest';
import { sectionLine } from '../../src/commands/config-file';

const CONFIG = [
  '# [profile commented]',
  '[default]',
  'region = us-east-1',
  '[profile "two words"]',
  'region = eu-west-1',
  '[sso-session research]',
  '[ profile research ] # the desk',
].join('\n');

test.each([
  ['default', 1],
  ['two words', 3],
  ['research', 6],
  ['commented', undefined],
  ['profile research', undefined],
])('the section of %s in the config file', (profile, line) => {
  expect(sectionLine(CONFIG, profile, 'config')).toBe(line);
});

test('in the file for credentials a section is called as the profile is', () => {
  expect(sectionLine('\r\n[research]\r\n', 'research', 'credentials')).toBe(1);
  expect(sectionLine('[research]', 'research', 'config')).toBeUndefined();
  expect(sectionLine('[profile research]', 'research', 'credentials')).toBeUndefined();
});
