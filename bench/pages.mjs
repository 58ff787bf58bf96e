#!/usr/bin/env node
// What a page costs to open: `node bench/pages.mjs [--quick] [--json]`.
import { resolve } from 'node:path';
import { buildOnce } from '../scripts/build/build.mjs';
import { bundled } from './bundle.mjs';
import { median } from './pack/measure.mjs';
import { runAlone } from './report.mjs';

/** Milliseconds of the processor from an empty panel to the page as it stands. */
const LIMIT = 150;

/**
 * @typedef {object} PageBrowser
 * @property {(content: unknown) => Promise<void>} reopen
 * @property {() => Promise<void>} openEmpty
 * @property {() => Promise<number>} cpu
 * @property {() => Promise<void>} close
 */

/**
 * Every page that the tests have, in the states that people meet: the document with its script and style, and then the
 * page's own HTML, in a browser that does nothing else. What is counted is the processor time of the process that draws
 * pages, to the 10 ms that Chromium counts in, beside what it takes for a document that holds nothing; the costliest first.
 * Quick: the three costliest alone.
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
    const rounds = quick ? 1 : 7;
    /** @type {Record<string, number[]>} */
    const costs = Object.fromEntries(['', ...Object.keys(PAGES)].map((name) => [name, []]));
    // The first one of a process is not like those that follow: its code is compiled then.
    for (let round = 0; round <= rounds; round += 1) {
      say(`round ${round} of ${rounds}`);
      for (const [name, taken] of Object.entries(costs)) {
        const before = await browser.cpu();
        await (name === '' ? browser.openEmpty() : browser.reopen(PAGES[name]));
        const cost = (await browser.cpu()) - before;
        if (round > 0) taken.push(cost);
      }
    }
    const section = 'opening a page, processor time of the process that draws it';
    const pages = Object.keys(PAGES)
      .map((what) => ({ section, what, value: median(costs[what] ?? []), unit: 'ms', limit: LIMIT }))
      .sort((a, b) => b.value - a.value);
    const empty = {
      section,
      what: 'a document that holds nothing',
      value: median(costs[''] ?? []),
      unit: 'ms',
    };
    return [empty, ...(quick ? pages.slice(0, 3) : pages)];
  } finally {
    await browser.close();
  }
}

await runAlone(import.meta, benchPages);
