// What the packing benchmark starts as processes of their own: `node pack-child.mjs MODE FOLDER OUTPUT [MODULE… [ROUNDS [LEVEL]]]`.
// Floors are loaded by the modes that run them: they would add some 12 ms to a process that is measured whole.
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [mode = '', folder = '', output = '', ...more] = process.argv.slice(2);
const never = new AbortController().signal;

/** Files younger than this (ms) are read again, as they must be: a measurement waits until they are old enough. */
const RACY = 2_200;

/** How many rounds count. */
const ROUNDS = Number(more[2]);

/** @param {string} client @param {string} worker */
async function packerOf(client, worker) {
  const { createPacker } = await import(pathToFileURL(client).href);
  return createPacker({ workerFile: worker });
}

/** @param {string} root @param {string} cacheFolder */
function requestOf(root, cacheFolder) {
  return { root, cacheFolder, include: [], ignore: [], useGitignore: false };
}

/** @returns {readonly string[]} Paths of all files, relative. */
function allFiles() {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((item) => item.isFile())
    .map((item) => join(item.parentPath ?? item.path, item.name).slice(folder.length + 1));
}

async function floors() {
  const [{ BarePacking }, { walkAndCopy }, { bareWalk }, { timed }, { warmUpFor }] = await Promise.all([
    import('./floors/packing.mjs'),
    import('./floors/changed-file.mjs'),
    import('./floors/walk.mjs'),
    import('./floors/run-floor.mjs'),
    import('./pack/measure.mjs'),
  ]);
  return { BarePacking, walkAndCopy, bareWalk, timed, warmUp: warmUpFor(ROUNDS) };
}

/** @template {string} What @typedef {Record<What, import('./floors/run-floor.mjs').Spent[]>} Rounds */

/** @param {Rounds<string>} rounds @param {number} warmUp How many of them do not count. */
function print(rounds, warmUp) {
  const measured = Object.entries(rounds).map(([what, spent]) => [what, spent.slice(warmUp)]);
  console.log(JSON.stringify(Object.fromEntries(measured)));
}

const MODES = {
  /** One packing, as the whole process. */
  async slipway() {
    const packer = await packerOf(more[0] ?? '', more[1] ?? '');
    await packer.pack(requestOf(folder, output), undefined, never);
    await packer.dispose();
  },
  /** Full packings in a process that is warm, in turns with their floor. */
  async warm() {
    const { BarePacking, timed, warmUp } = await floors();
    const packer = await packerOf(more[0] ?? '', more[1] ?? '');
    const bare = new BarePacking();
    /** @type {Rounds<'floor' | 'full'>} */
    const rounds = { floor: [], full: [] };
    for (let round = 0; round < warmUp + ROUNDS; round++) {
      const cache = join(output, String(round));
      rounds.floor.push(await timed(() => bare.run(folder, Number(more[3]))));
      rounds.full.push(await timed(() => packer.pack(requestOf(folder, cache), undefined, never)));
      // Over by now; the last one may still be written down.
      rmSync(join(output, String(round - 1)), { recursive: true, force: true });
    }
    await bare.end();
    await packer.dispose();
    print(rounds, warmUp);
  },
  /** Second runs, in turns with their floors: nothing has changed, and one small file has. */
  async incremental() {
    const { bareWalk, timed, walkAndCopy, warmUp } = await floors();
    const packer = await packerOf(more[0] ?? '', more[1] ?? '');
    const request = requestOf(folder, join(output, 'kept'));
    const paths = allFiles().filter((path) => path.endsWith('.q'));
    const edited = join(folder, paths.sort()[50] ?? '');
    /** @type {Rounds<'walk' | 'same' | 'copy' | 'changed'>} */
    const rounds = { walk: [], same: [], copy: [], changed: [] };
    let { file } = await packer.pack(request, undefined, never);
    for (let round = 0; round < warmUp + ROUNDS; round++) {
      await new Promise((resolve) => setTimeout(resolve, RACY));
      await packer.pack(request, undefined, never);
      rounds.walk.push(await timed(() => bareWalk(folder)));
      rounds.same.push(await timed(() => packer.pack(request, undefined, never)));
      rounds.copy.push(await timed(() => walkAndCopy(folder, file, join(output, 'copy'))));
      rmSync(join(output, 'copy'));
      writeFileSync(edited, `.edited.round:${round}${'x'.repeat(round)};\n`);
      rounds.changed.push(
        await timed(async () => {
          ({ file } = await packer.pack(request, undefined, never));
        }),
      );
    }
    await packer.dispose();
    print(rounds, warmUp);
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
