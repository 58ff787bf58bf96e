#!/usr/bin/env node
// npm run mutate: puts small faults into a room, one at a time, and says which of them the tests find.
import { readdirSync, rmSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { candidates } from './mutate/candidates.mjs';
import { copyWith } from './mutate/copy.mjs';
import { draw } from './mutate/draw.mjs';
import { reaching } from './mutate/reaching.mjs';
import { look, tryMutant } from './mutate/trial.mjs';

/** The files of a room, and the folder of its nearest tests. */
const ROOMS = {
  deploy: { places: ['src/deploy'], nearest: 'test/deploy' },
  operations: { places: ['src/operations'], nearest: 'test/operations' },
  package: { places: ['src/package'], nearest: 'test/package' },
  nodegroup: { places: ['src/nodegroup'], nearest: 'test/nodegroup' },
  credentials: {
    places: ['src/aws/credentials', 'src/aws/profile-files.ts', 'src/aws/session.ts'],
    nearest: 'test/aws',
  },
};
const USAGE = `npm run mutate -- <room> [options]

  room        one of ${Object.keys(ROOMS).join(', ')}
  --seed N    brings back a sample; without it one is drawn and printed
  --count N   how many mutants, 30 where nothing is said
  --near      with the tests of the room alone: quicker, and stricter
  --list      prints the sample and runs nothing`;

const root = resolve(import.meta.dirname, '..');
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string' },
    count: { type: 'string', default: '30' },
    near: { type: 'boolean' },
    list: { type: 'boolean' },
    help: { type: 'boolean' },
  },
});
const [name = ''] = positionals;
const seed = Number(values.seed ?? Math.floor(Math.random() * 1_000_000));
const count = Number(values.count);
const room = Object.entries(ROOMS).find(([each]) => each === name)?.[1];

if (values.help) {
  console.log(USAGE);
} else if (room === undefined || !Number.isSafeInteger(seed) || !(Number.isSafeInteger(count) && count > 0)) {
  console.error(USAGE);
  process.exitCode = 2;
} else {
  await mutate(room);
}

/** @param {(typeof ROOMS)[keyof typeof ROOMS]} room */
async function mutate({ places, nearest }) {
  const began = Date.now();
  const all = candidates(places.flatMap((place) => filesIn(join(root, place), /\.ts$/)));
  const mutants = draw(all, count, seed).map((mutant, index) => ({ ...mutant, id: `${index + 1}` }));
  console.log(`${name}: ${mutants.length} of ${all.length} mutants, --seed ${seed} --count ${count}`);
  if (values.list) {
    for (const mutant of mutants) console.log(told(mutant));
    return;
  }
  const copy = copyWith(root, mutants);
  try {
    const tests = filesIn(join(root, 'test'), /\.test\.ts$/).filter((file) => !file.includes('/exthost/'));
    const isNear = (/** @type {string} */ file) => file.startsWith(join(root, nearest, '/'));
    let alive = await survivors(copy, mutants, tests.filter(isNear));
    if (!values.near)
      alive = await survivors(
        copy,
        alive,
        tests.filter((file) => !isNear(file)),
      );
    for (const mutant of alive) console.log(`SURVIVED  ${told(mutant)}`);
    const killed = mutants.length - alive.length;
    const percent = Math.round((100 * killed) / mutants.length);
    console.log(
      `\n${name}, seed ${seed}: ${killed} of ${mutants.length} killed (${percent} %), ${seconds(began)} s`,
    );
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/**
 * @param {string} copy
 * @param {readonly import('./mutate/switched.mjs').Drawn[]} mutants
 * @param {readonly string[]} tests
 */
async function survivors(copy, mutants, tests) {
  const able = reaching(root, tests, new Set(mutants.map(({ file }) => file)));
  if (able.length === 0) return mutants;
  const began = Date.now();
  const { well, unwell } = await look(
    copy,
    able.map((file) => join(copy, relative(root, file))),
  );
  console.log(`${well.length} test files looked at (${seconds(began)} s)`);
  for (const file of unwell) console.log(`left out, as it fails without a mutant: ${file}`);
  /** @type {(typeof mutants)[number][]} */
  const alive = [];
  const left = mutants.values();
  const work = async () => {
    for (const mutant of left) {
      const { survived, by } = await tryMutant(copy, mutant.id, well);
      if (survived) alive.push(mutant);
      console.log(`${survived ? 'alive ' : 'killed'}    ${told(mutant)}\n          by ${by}`);
    }
  };
  await Promise.all([work(), work()]);
  return alive;
}

/** @param {import('./mutate/candidates.mjs').Mutant} mutant */
function told({ file, line, operator, original, replacement }) {
  const short = (/** @type {string} */ text) => text.replaceAll(/\s+/g, ' ').slice(0, 100);
  return `${relative(root, file)}:${line}  ${operator}: ${short(original)}  →  ${replacement === undefined ? 'nothing' : short(replacement)}`;
}

/** @param {string} path @param {RegExp} name @returns {string[]} */
function filesIn(path, name) {
  if (statSync(path).isFile()) return [path];
  const entries = readdirSync(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && name.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
}

/** @param {number} began */
function seconds(began) {
  return Math.round((Date.now() - began) / 1000);
}
