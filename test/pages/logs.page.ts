/** The lines of a log on its page: filtered, held back, followed to their end, bounded, and data whatever they hold. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { LogBatch } from '../../src/model/log-source';
import type { KeptLines } from '../../src/view/pages/logs/kept-lines';
import { addedLines, allLines, logPage } from '../../src/view/pages/logs/log-page';
import { HOSTILE, UNSEEN } from '../view/hostile';
import { PageBrowser } from './browser';
import { linesOf, manyLines, SUBJECT } from './fixtures/logs';

const FOLLOWING = { kind: 'following' } as const;
const ENDED = { kind: 'ended' } as const;

let browser: PageBrowser;
beforeAll(async () => {
  browser = await PageBrowser.launch();
});
afterAll(() => browser.close());

/** The log that the page shows, and what arrives in it. */
let lines: KeptLines;
let run: string;
let runs = 0;

async function begin(batch: Partial<LogBatch>, kept?: unknown): Promise<void> {
  lines = linesOf(batch);
  runs += 1;
  run = `run-${runs}`;
  await reload(kept);
}

/** As a webview that was hidden: the document anew, with what was kept. */
async function reload(kept: unknown): Promise<void> {
  await browser.open(kept);
  await browser.show(logPage(SUBJECT, FOLLOWING, lines), {}, [allLines(SUBJECT, run, lines, FOLLOWING)]);
}

const arrive = (batch: LogBatch): Promise<void> =>
  browser.tell(addedLines(lines.add(batch), lines, FOLLOWING));
const shown = (): Promise<readonly string[]> => browser.page.locator('.line:visible .text').allInnerTexts();
const count = (): Promise<string | null> => browser.page.locator('[data-log=count]').textContent();
const press = (part: string): Promise<void> => browser.page.locator(`[data-log=${part}]`).click();
const label = (part: string): Promise<string | null> =>
  browser.page.locator(`[data-log=${part}]`).textContent();
const filter = (): ReturnType<typeof browser.page.locator> => browser.page.locator('[data-log=filter] input');
const isAtEnd = (): Promise<boolean> =>
  browser.page
    .locator('.lines')
    .evaluate(({ scrollHeight, scrollTop, clientHeight }) => scrollHeight - scrollTop - clientHeight < 8);

beforeEach(() => {
  browser.complaints.length = 0;
});

test('shows what is there, then what comes, where its time belongs', async () => {
  await begin({ lines: manyLines(3) });
  expect(await shown()).toHaveLength(3);
  await arrive({ lines: [{ at: Date.UTC(2026, 5, 1, 12, 0, 1, 500), stream: 'late', text: 'late' }] });
  await arrive({ lines: manyLines(1, 3) });
  const texts = await shown();
  expect(texts).toHaveLength(5);
  expect(texts[2]).toBe('late');
  expect(await count()).toBe('Lines: 5');
  // A trace of several lines is one entry.
  expect(texts.at(-1)).toContain('\n');
});

test('is filtered by plain text, counts what matches, and says where nothing does', async () => {
  await begin({ lines: manyLines(60) });
  await filter().fill('GC: released 2.1');
  expect(await shown()).toHaveLength(10);
  expect(await count()).toBe('Matches: 10 of 60');
  expect(await browser.page.locator('[data-log=told]').textContent()).toBe('Matches: 10 of 60');
  await arrive({ lines: manyLines(6, 60) });
  expect(await count()).toBe('Matches: 11 of 66');
  // No pattern, and small letters find large ones.
  await filter().fill('.*');
  expect(await shown()).toEqual([]);
  expect(await browser.page.locator('.lines > p').textContent()).toBe('No line holds this text.');
  await filter().fill('NODE-1');
  expect(await count()).toBe('Matches: 33 of 66');
  await browser.page.keyboard.press('Escape');
  expect(await count()).toBe('Lines: 66');
  expect(browser.complaints).toEqual([]);
});

test('the keyboard leads to the filter from anywhere', async () => {
  await begin({ lines: manyLines(2) });
  await browser.page.locator('.lines').focus();
  await browser.page.keyboard.press('Control+f');
  await browser.page.keyboard.type('replayed');
  expect(await count()).toBe('Matches: 0 of 2');
});

test('pausing holds back what comes, and counts it', async () => {
  await begin({ lines: manyLines(3) });
  await press('pause');
  expect(await label('pause')).toBe('Resume');
  await arrive({ lines: manyLines(4, 3) });
  expect(await shown()).toHaveLength(3);
  expect(await label('pause')).toBe('Resume (new: 4)');
  expect(await browser.page.locator('[data-log=told]').textContent()).toBe('Paused');
  await press('pause');
  expect(await shown()).toHaveLength(7);
  expect(await label('pause')).toBe('Pause');
});

test('a log that has ended is not paused, and resumed where it was paused before', async () => {
  await begin({ lines: manyLines(3) });
  const pause = browser.page.locator('[data-log=pause]');
  await press('pause');
  await browser.tell(addedLines([], lines, ENDED));
  expect(await label('pause')).toBe('Resume');
  await press('pause');
  await pause.waitFor({ state: 'hidden' });
  // Who pressed it by keyboard goes on from the lines.
  expect(await browser.page.locator('.lines:focus').count()).toBe(1);

  await browser.show(logPage(SUBJECT, ENDED, lines), {}, [allLines(SUBJECT, 'ended', lines, ENDED)]);
  expect(await browser.page.locator('[data-log=end]').isVisible()).toBe(true);
  expect(await pause.isHidden()).toBe(true);
});

test('filter and pause outlive a reload of the page; another run of the log begins at its end', async () => {
  await begin({ lines: manyLines(12) });
  await filter().fill('released');
  await press('pause');
  const kept = await browser.kept();
  lines.add({ lines: manyLines(6, 12) });
  await reload(kept);
  expect(await filter().inputValue()).toBe('released');
  expect(await count()).toBe('Matches: 2 of 12');
  expect(await label('pause')).toBe('Resume (new: 6)');
  await press('pause');
  expect(await count()).toBe('Matches: 3 of 18');

  await press('pause');
  await begin({ lines: manyLines(6) }, await browser.kept());
  expect(await count()).toBe('Matches: 1 of 6');
  expect(await label('pause')).toBe('Pause');
});

test('stays at the end, leaves a reader alone who scrolled up, and leads back', async () => {
  await begin({ lines: manyLines(100) });
  expect(await isAtEnd()).toBe(true);
  await arrive({ lines: manyLines(20, 100) });
  expect(await isAtEnd()).toBe(true);
  await browser.page.locator('.lines').evaluate((list) => list.scrollTo(0, 300));
  await browser.page.evaluate('new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)))');
  await arrive({ lines: manyLines(5, 120) });
  expect(await browser.page.locator('.lines').evaluate((list) => list.scrollTop)).toBe(300);
  expect(await label('end')).toBe('Jump to End (new: 5)');
  await press('end');
  expect(await isAtEnd()).toBe(true);
  expect(await label('end')).toBe('Jump to End');
});

test('keeps the newest 5,000 and says how many are gone', async () => {
  await begin({ lines: manyLines(5_000) });
  await arrive({ lines: manyLines(30, 5_000) });
  expect(await browser.page.locator('.line').count()).toBe(5_000);
  expect(await browser.page.locator('.line .text').first().textContent()).toContain('#30');
  expect(await browser.page.locator('.above').textContent()).toBe('Older lines that are no longer kept: 30');
});

test('a page that missed lines asks for all of them', async () => {
  await begin({ lines: manyLines(3) });
  lines.add({ lines: manyLines(1, 3) });
  await arrive({ lines: manyLines(1, 4) });
  expect(await shown()).toHaveLength(3);
  expect(await browser.said()).toEqual([{ type: 'ready' }, { type: 'ready' }]);
  await browser.tell(allLines(SUBJECT, run, lines, FOLLOWING));
  expect(await shown()).toHaveLength(5);
});

test('another content leaves the lines, the filter and the focus as they are', async () => {
  await begin({ lines: manyLines(12) });
  await filter().fill('rel');
  await browser.tell({ type: 'content', html: '<h1>Other</h1>' });
  await browser.page.keyboard.type('eased');
  expect(await filter().inputValue()).toBe('released');
  expect(await count()).toBe('Matches: 2 of 12');
});

test.each(Object.entries(HOSTILE))('lines are data: %s', async (_, text) => {
  await begin({ lines: [{ at: 0, stream: text, text: `hostile ${text}` }] });
  const line = browser.page.locator('.line');
  expect(await line.locator('*').count()).toBe(3);
  expect(await browser.page.locator('main :is(a, img, script, br)').count()).toBe(0);
  const said = (await line.locator('.text').textContent()) ?? '';
  expect(said.replaceAll('\n', '')).not.toMatch(UNSEEN);
  expect(said).toContain('hostile');
  await filter().fill(text.slice(0, 50));
  expect(browser.complaints).toEqual([]);
  expect(await browser.said()).toEqual([{ type: 'ready' }]);
});
