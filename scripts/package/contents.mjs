// Judges a packaged extension: what it must hold, what it must not, and how large it may be.
import yauzl from 'yauzl';
import { PROGRAMS } from '../build/programs.mjs';

const KB = 1024;
/** What an installed Slipway is made of. */
const ALLOWED = [
  /^\[Content_Types\]\.xml$/,
  /^extension\.vsixmanifest$/,
  /^extension\/(package(\.nls(\.[a-z-]+)?)?\.json|readme\.md|changelog\.md|LICENSE\.txt)$/,
  /^extension\/dist\/([a-z-]+\.(js|css)|kubernetes\.mjs|aws\/[\w-]+\.mjs|THIRD-PARTY-NOTICES\.txt|slipway\.schema\.json)$/,
  /^extension\/l10n\/[\w.-]+\.json$/,
  /^extension\/media\/(icon\.png|slipway\.svg|walkthrough\/\w+\.svg)$/,
];
/** Of which pages take 25 KB, and Kubernetes is to take the rest. */
const PACKAGE_LIMIT = 900 * KB;
/** Largest sizes once installed: the first is read at every start of VS Code, the others on first use. */
const LIMITS = [
  { what: 'dist/extension.js', files: /^extension\/dist\/extension\.js$/, bytes: 120 * KB },
  { what: 'the AWS SDK without EC2', files: /^extension\/dist\/aws\/(?!ec2-)/, bytes: 800 * KB },
  { what: 'what runs on a page', files: /^extension\/dist\/page\./, bytes: 100 * KB },
  { what: 'EC2', files: /^extension\/dist\/aws\/ec2-/, bytes: 60 * KB },
  { what: 'the client of clusters', files: /^extension\/dist\/kubernetes\.mjs$/, bytes: 90 * KB },
];

/**
 * @param {string} vsix
 * @returns {Promise<Map<string, number>>} Bytes of each file of the package, unpacked, by its path in it.
 */
export async function readSizes(vsix) {
  const sizes = new Map();
  const zip = await yauzl.openPromise(vsix);
  for await (const entry of zip.eachEntry()) sizes.set(entry.fileName, entry.uncompressedSize);
  return sizes;
}

/**
 * @param {ReadonlyMap<string, number>} sizes As {@link readSizes} gives them.
 * @param {number} bytes Of the package itself.
 * @param {unknown} manifest The extension's package.json.
 * @returns {string[]} What is amiss, in words.
 */
export function problemsOf(sizes, bytes, manifest) {
  const needed = [...namedFiles(manifest), ...programFiles(), 'dist/THIRD-PARTY-NOTICES.txt', 'LICENSE.txt'];
  return [
    ...[...sizes.keys()]
      .filter((path) => !ALLOWED.some((allowed) => allowed.test(path)))
      .map((path) => `${path} does not belong into the package`),
    ...needed
      .filter((path) => !sizes.has(`extension/${path}`))
      .map((path) => `${path} is missing in the package`),
    ...(bytes > PACKAGE_LIMIT ? [`the package has ${bytes} bytes, more than ${PACKAGE_LIMIT}`] : []),
    ...LIMITS.flatMap((limit) => {
      const sum = [...sizes].reduce((all, [path, size]) => (limit.files.test(path) ? all + size : all), 0);
      return sum > limit.bytes ? [`${limit.what} has ${sum} bytes, more than ${limit.bytes}`] : [];
    }),
  ];
}

/**
 * The files of the package that its manifest speaks of.
 * @param {unknown} value
 * @returns {string[]}
 */
function namedFiles(value) {
  if (typeof value === 'string') {
    const path = /^(?:\.\/)?((?:dist|media|l10n)\/\S+)$/.exec(value)?.[1];
    return path === undefined ? [] : [path];
  }
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(namedFiles) : [];
}

function programFiles() {
  return PROGRAMS.map(({ options }) => options.outfile ?? `${options.outdir}/index.mjs`);
}
