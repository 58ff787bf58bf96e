import { expect, test } from 'vitest';
import { problemsOf } from '../../scripts/package/contents.mjs';

const KB = 1024;
const manifest = { main: './dist/extension.js', icon: 'media/icon.png' };
const whole: ReadonlyMap<string, number> = new Map([
  ['extension.vsixmanifest', KB],
  ['extension/package.json', KB],
  ['extension/LICENSE.txt', KB],
  ['extension/media/icon.png', KB],
  ['extension/dist/extension.js', 5 * KB],
  ['extension/dist/slipway.js', 200 * KB],
  ['extension/dist/pack-worker.js', 50 * KB],
  ['extension/dist/sandbox.js', 160 * KB],
  ['extension/dist/page.js', 70 * KB],
  ['extension/dist/page.css', 6 * KB],
  ['extension/dist/aws/index.mjs', 100 * KB],
  ['extension/dist/aws/ec2-ABCDEFGH.mjs', 40 * KB],
  ['extension/dist/kubernetes.mjs', 40 * KB],
  ['extension/dist/THIRD-PARTY-NOTICES.txt', 80 * KB],
]);

function problems(change: Readonly<Record<string, number | undefined>>, bytes = 500 * KB): readonly string[] {
  const sizes = new Map(whole);
  for (const [path, size] of Object.entries(change)) {
    if (size === undefined) sizes.delete(path);
    else sizes.set(path, size);
  }
  return problemsOf(sizes, bytes, manifest);
}

test('a package of what belongs into it passes', () => {
  expect(problems({})).toEqual([]);
});

test.each([
  'extension/src/extension.ts',
  'extension/dist/extension.js.map',
  'extension/dist/aws/index.mjs.map',
  'extension/node_modules/ignore/index.js',
  'extension/.vscode/launch.json',
  'extension/test/qcode.ts',
])('%s does not belong into it', (path) => {
  expect(problems({ [path]: KB })).toEqual([`${path} does not belong into the package`]);
});

test.each(['dist/sandbox.js', 'dist/aws/index.mjs', 'media/icon.png', 'LICENSE.txt'])(
  'without %s it is not whole',
  (path) => {
    expect(problems({ [`extension/${path}`]: undefined })).toEqual([`${path} is missing in the package`]);
  },
);

test.each([
  ['dist/extension.js', { 'extension/dist/extension.js': 121 * KB }],
  ['the AWS SDK without EC2', { 'extension/dist/aws/chunk-ABCDEFGH.mjs': 701 * KB }],
  ['what runs on a page', { 'extension/dist/page.js': 95 * KB }],
  ['EC2', { 'extension/dist/aws/ec2-ABCDEFGH.mjs': 61 * KB }],
  ['the client of clusters', { 'extension/dist/kubernetes.mjs': 91 * KB }],
])('%s must not outgrow its limit', (what, change) => {
  expect(problems(change)).toEqual([expect.stringMatching(`^${what} has \\d+ bytes, more than `)]);
});

test('neither may the whole', () => {
  expect(problems({}, 901 * KB)).toHaveLength(1);
});
