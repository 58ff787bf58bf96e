// Collects the licences of the packages whose code is in the bundles.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The text of THIRD-PARTY-NOTICES: each licence once, under the names of the packages that come with it.
 * @param {string} root The project's root folder, which esbuild's input paths are relative to.
 * @param {readonly import('esbuild').Metafile[]} metafiles
 * @returns {string}
 * @throws When a package states no licence at all.
 */
export function thirdPartyNotices(root, metafiles) {
  const folders = new Set(
    metafiles
      .flatMap((metafile) => Object.values(metafile.outputs))
      .flatMap((output) => Object.entries(output.inputs))
      .filter(([path, input]) => input.bytesInOutput > 0 && path.includes('node_modules/'))
      .map(([path]) => packageFolder(root, path)),
  );
  /** @type {Map<string, string[]>} */
  const packagesByLicence = new Map();
  for (const folder of [...folders].sort()) {
    const { name, version, licence } = describe(folder);
    packagesByLicence.set(licence, [...(packagesByLicence.get(licence) ?? []), `${name} ${version}`]);
  }
  const sections = [...packagesByLicence].map(
    ([licence, packages]) => `${[...new Set(packages)].sort().join('\n')}\n\n${licence.trim()}\n`,
  );
  const head = 'Slipway contains code of the packages below, each under the licence that follows its name.\n';
  return [head, ...sections].join(`\n${'-'.repeat(80)}\n\n`);
}

/** @param {string} root @param {string} input */
function packageFolder(root, input) {
  for (let folder = dirname(join(root, input)); folder.includes('node_modules'); folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).version) return folder;
  }
  throw new Error(`${input} belongs to no package`);
}

/** @param {string} folder */
function describe(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const texts = readdirSync(folder)
    .filter((file) => /^(licen[cs]e|notice|copying)([.-]|$)/i.test(file))
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim());
  if (texts.length === 0 && typeof license !== 'string') throw new Error(`${name} states no licence`);
  return { name, version, licence: texts.length > 0 ? texts.join('\n\n') : `Licence: ${license}` };
}
