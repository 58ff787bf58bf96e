// Which test files can reach a source file: by what they import, and by the programs that they start.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import ts from 'typescript';

/** A path in a text that is no import: the source of a program which a test or a client builds or starts. */
const STARTED = /'([\w./-]+\.ts)'/g;
/** Built programs that are started by the path of what was built. @type {ReadonlyMap<RegExp, string>} */
const BUILT = new Map([[/src\/package\/packer-client\.ts$/, 'src/package/worker.ts']]);

/**
 * @param {string} root
 * @param {readonly string[]} tests Absolute paths.
 * @param {ReadonlySet<string>} wanted Absolute paths.
 * @returns {string[]} Those tests that reach one that is wanted.
 */
export function reaching(root, tests, wanted) {
  /** @type {Map<string, string[]>} */
  const next = new Map();
  return tests.filter((test) => {
    const met = new Set([test]);
    for (const file of met) {
      if (wanted.has(file)) return true;
      const known = next.get(file) ?? fromFile(root, file);
      next.set(file, known);
      for (const each of known) met.add(each);
    }
    return false;
  });
}

/** @param {string} root @param {string} file @returns {string[]} */
function fromFile(root, file) {
  const text = readFileSync(file, 'utf8');
  const imported = ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);
  const started = [...text.matchAll(STARTED)].map(([, path = '']) => `./${path}`);
  const built = [...BUILT].filter(([client]) => client.test(file)).map(([, source]) => join(root, source));
  return [...[...imported, ...started].flatMap((path) => sourceOf(file, path)), ...built];
}

/** @param {string} from @param {string} path @returns {string[]} Empty for a package, and for what is no module. */
function sourceOf(from, path) {
  if (!path.startsWith('.')) return [];
  const whole = resolve(dirname(from), path);
  const found = [whole, `${whole}.ts`, join(whole, 'index.ts')].find(
    (each) => /\.m?[jt]s$/.test(each) && existsSync(each) && statSync(each).isFile(),
  );
  return found === undefined ? [] : [found];
}
