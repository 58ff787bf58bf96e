/** Whatever is wrong with the AWS files has a sentence of its own, which names the file, the line and a way out. */
import { expect, test } from 'vitest';
import type { FileProblem, SettingProblem } from '../../src/model/refusals';
import { failureWords } from '../../src/view/messages/failure';
import { refusalWords } from '../../src/view/messages/refusals';
import { expectPlainWords } from '../nodegroup/plain';

/** Complete by their types, each with what it is about. */
const FILE: Record<Exclude<FileProblem, 'unreadable'>, string> = {
  'byte-order-mark': '',
  'no-section': '',
  'no-setting': '',
  'no-setting-in-block': '',
  'section-twice': 'profile prod',
  'key-twice': 'region',
  'not-utf-8': '',
};
const SETTING: Record<SettingProblem, string> = {
  'comment-behind': '',
  'goes-on': '',
  'of-all-profiles': '',
  block: '',
  'no-block': '',
  empty: '',
  missing: '',
  'no-such-section': 'corp',
  twice: '[default], line 1',
  'role-circle': 'a → b → a',
  'two-sources': '',
  'not-the-same': '[sso-session corp], line 2',
  'unknown-source': 'Moon',
  'name-not-read': '',
};

const cases = [
  ...Object.entries(FILE).map(([problem, about]) => ['profile-file-unreadable', problem, about] as const),
  ...Object.entries(SETTING).map(([problem, about]) => ['profile-unusable', problem, about] as const),
];
const place = { file: '/home/ann/.aws/config', line: 7, key: 'source_profile' };

test.each(cases)('%s, %s: says where and what to do', (code, problem, about) => {
  const words = refusalWords({ kind: 'refused', code: code, facts: { ...place, problem, about } });
  expectPlainWords(words);
  expect(words).toMatch(/^Line 7 of \/home\/ann\/.aws\/config: ./);
  expect(words).toContain(about);
  expect(words).not.toContain('undefined');
});

test('no two of them say the same', () => {
  const all = cases.map(([code, problem, about]) =>
    refusalWords({ kind: 'refused', code: code, facts: { ...place, problem, about } }),
  );
  expect(new Set(all).size).toBe(cases.length);
});

test('a file that may not be read is named with the reason', () => {
  const facts = { file: '/home/ann/.aws/config', problem: 'unreadable', about: 'EACCES' };
  const words = refusalWords({ kind: 'refused', code: 'profile-file-unreadable', facts: facts });
  expect(words).toContain('/home/ann/.aws/config');
  expect(words).toContain('EACCES');
});

test('two addresses for single sign-on are told with the profile', () => {
  expect(
    refusalWords({ kind: 'refused', code: 'sso-endpoints-differ', facts: { profile: 'desk' } }),
  ).toContain('desk');
});

test.each(['sso-login', 'console-login'] as const)(
  '%s: the command can be pasted whatever the profile is called',
  (problem) => {
    const words = (profile: string) => failureWords({ kind: 'credentials', problem, profile, message: '' });
    expect(words('prod')).toContain('login --profile prod`');
    expect(words('my prod; ls')).toContain("login --profile 'my prod; ls'`");
  },
);
