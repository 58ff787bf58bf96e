#!/usr/bin/env node
// What a page costs to open: `node bench/pages.mjs [--quick] [--json]`.
import { resolve } from 'node:path';
import { buildOnce } from '../scripts/build/build.mjs';
import { bundled } from './bundle.mjs';
import { runAlone } from './report.mjs';

/** How much more a page may take than its bare HTML: that of the costliest page, and of all pages together. */
const LIMITS = { one: 8, all: 5 };
/** Of so many pages a quick run takes one. */
const QUICK_PART = 4;
/** The costliest ones are told by name. */
const TOLD = 5;

/**
 * @typedef {object} PageBrowser
 * @property {(content: unknown) => Promise<void>} reopen
 * @property {(content: unknown) => Promise<void>} openBare
 * @property {() => Promise<number>} cpu
 * @property {() => Promise<void>} close
 */

/**
 * Every page that the tests have, in the states that people meet: the document with its script and style, and then the
 * page's own HTML, in a browser that does nothing else. What is counted is the processor time of the process that draws
 * pages, to the 10 ms that Chromium counts in, beside the floor: what the same HTML takes in a document of the same
 * browser that has neither style nor script.
 * @param {{ quick: boolean, say?: (text: string) => void }} options
 * @returns {Promise<readonly import('./report.mjs').Row[]>}
 */
export async function benchPages({ quick, say = () => undefined }) {
  await buildOnce({ root: resolve(import.meta.dirname, '..'), only: ['page'] });
  const { PageBrowser } = /** @type {{ PageBrowser: { launch(): Promise<PageBrowser> } }} */ (
    await bundled('test/pages/browser.ts')
  );
  const { PAGES } = /** @type {{ PAGES: Readonly<Record<string, unknown>> }} */ (
    await bundled('test/pages/fixtures/all.ts')
  );
  const browser = await PageBrowser.launch();
  try {
    const rounds = quick ? 1 : 4;
    const names = Object.keys(PAGES).filter((_, place) => !quick || place % QUICK_PART === 0);
    const costs = names.map((what) => ({ what, full: 0, bare: 0 }));
    const spent = async (/** @type {() => Promise<void>} */ open) => {
      const before = await browser.cpu();
      await open();
      return (await browser.cpu()) - before;
    };
    // The first ones of a process are not like those that follow: its code is compiled then.
    for (const { what } of quick ? costs.slice(0, 3) : costs) await browser.reopen(PAGES[what]);
    for (let round = 1; round <= rounds; round += 1) {
      say(`round ${round} of ${rounds}`);
      for (const cost of costs) {
        cost.full += (await spent(() => browser.reopen(PAGES[cost.what]))) / rounds;
        cost.bare += (await spent(() => browser.openBare(PAGES[cost.what]))) / rounds;
      }
    }
    return rowsOf(costs);
  } finally {
    await browser.close();
  }
}

/** @param {readonly { what: string, full: number, bare: number }[]} costs Milliseconds, means of the rounds. */
function rowsOf(costs) {
  const section = 'opening a page, processor time of the process that draws it';
  const sum = (/** @type {'full' | 'bare'} */ of) => costs.reduce((total, cost) => total + cost[of], 0);
  const bare = sum('bare') / costs.length;
  const [unit, against] = ['×', 'its HTML without style and script'];
  const costliest = [...costs].sort((a, b) => b.full - a.full).slice(0, TOLD);
  return [
    {
      section,
      what: `${costs.length} pages together`,
      value: sum('full') / sum('bare'),
      unit,
      against,
      limit: LIMITS.all,
      note: `${(sum('full') / costs.length).toFixed(0)} ms each, the floor ${bare.toFixed(0)} ms`,
    },
    ...costliest.map(({ what, full }) => ({
      section,
      what,
      value: full / bare,
      unit,
      against: 'that of a page',
      limit: LIMITS.one,
      note: `${full.toFixed(0)} ms`,
    })),
  ];
}

await runAlone(import.meta, benchPages);
