// What the packing benchmark starts as processes of their own: `node pack-child.mjs MODE FOLDER OUTPUT [MODULE… [ROUNDS]]`.
import { lstatSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [mode = '', folder = '', output = '', ...more] = process.argv.slice(2);
const never = new AbortController().signal;

/** Files younger than this (ms) are read again, as they must be: a measurement waits until they are old enough. */
const RACY = 2_200;

/** Rounds that warm a process up, and do not count. */
const WARM_UP = 2;

/** @param {string} client @param {string} worker */
async function packerOf(client, worker) {
  const { createPacker } = await import(pathToFileURL(client).href);
  return createPacker({ workerFile: worker });
}

/** @param {string} root @param {string} cacheFolder */
function requestOf(root, cacheFolder) {
  return { root, cacheFolder, include: [], ignore: [], useGitignore: false };
}

/** @param {() => unknown} work */
async function timed(work) {
  const before = performance.now();
  await work();
  return performance.now() - before;
}

/** What nobody can do without: every folder listed, every file looked at. @param {string} path */
function bareWalk(path) {
  let files = 0;
  for (const item of readdirSync(path, { withFileTypes: true })) {
    const inner = `${path}/${item.name}`;
    if (item.isDirectory()) files += bareWalk(inner);
    else files += lstatSync(inner).size >= 0 ? 1 : 0;
  }
  return files;
}

/** @returns {readonly string[]} Paths of all files, relative. */
function allFiles() {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((item) => item.isFile())
    .map((item) => join(item.parentPath ?? item.path, item.name).slice(folder.length + 1));
}

const MODES = {
  /** One packing, as the whole process. */
  async slipway() {
    const packer = await packerOf(more[0] ?? '', more[1] ?? '');
    await packer.pack(requestOf(folder, output), undefined, never);
    await packer.dispose();
  },
  /** Full packings in a process that is warm: prints the milliseconds of each. */
  async warm() {
    const packer = await packerOf(more[0] ?? '', more[1] ?? '');
    const times = [];
    for (let round = 0; round < Number(more[2]); round++) {
      const cache = join(output, String(round));
      times.push(await timed(() => packer.pack(requestOf(folder, cache), undefined, never)));
    }
    await packer.dispose();
    console.log(JSON.stringify(times.slice(WARM_UP)));
  },
  /** A second run: bare walk, nothing changed, one small file changed, and all anew, in turns. */
  async incremental() {
    const packer = await packerOf(more[0] ?? '', more[1] ?? '');
    const request = requestOf(folder, join(output, 'kept'));
    const edited = join(
      folder,
      allFiles()
        .filter((path) => path.endsWith('.q'))
        .sort()[50] ?? '',
    );
    /** @type {Record<'walk' | 'same' | 'changed' | 'full', number[]>} */
    const rounds = { walk: [], same: [], changed: [], full: [] };
    await packer.pack(request, undefined, never);
    await new Promise((resolve) => setTimeout(resolve, RACY));
    await packer.pack(request, undefined, never);
    for (let round = 0; round < Number(more[2]); round++) {
      rounds.walk.push(await timed(() => bareWalk(folder)));
      rounds.same.push(await timed(() => packer.pack(request, undefined, never)));
      writeFileSync(edited, `.edited.round:${round}${'x'.repeat(round)};\n`);
      rounds.changed.push(await timed(() => packer.pack(request, undefined, never)));
      const fresh = join(output, `fresh${round}`);
      rounds.full.push(await timed(() => packer.pack(requestOf(folder, fresh), undefined, never)));
      await new Promise((resolve) => setTimeout(resolve, RACY));
      await packer.pack(request, undefined, never);
      rmSync(fresh, { recursive: true, force: true });
    }
    await packer.dispose();
    const measured = Object.entries(rounds).map(([what, times]) => [what, times.slice(WARM_UP)]);
    console.log(JSON.stringify(Object.fromEntries(measured)));
  },
  /** What AWS Toolkit uses. */
  async 'adm-zip'() {
    const AdmZip = createRequire(more[0] ?? '')('adm-zip');
    const zip = new AdmZip();
    zip.addLocalFolder(folder);
    zip.writeZip(output);
  },
  /** What the Azure extensions use. */
  async yazl() {
    const { createWriteStream } = await import('node:fs');
    const { ZipFile } = createRequire(more[0] ?? '')('yazl');
    const zip = new ZipFile();
    for (const path of allFiles()) zip.addFile(join(folder, path), path);
    zip.end();
    await new Promise((resolve) => zip.outputStream.pipe(createWriteStream(output)).on('close', resolve));
  },
};

const work = Object.hasOwn(MODES, mode) ? MODES[/** @type {keyof typeof MODES} */ (mode)] : undefined;
if (work === undefined) throw new Error(`there is no mode "${mode}"`);
await work();
