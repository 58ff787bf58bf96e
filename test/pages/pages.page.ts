/** What must hold for every page: read by a screen reader, worked by the keyboard, said in words, safe to press. */
import axe from 'axe-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { buttonsOf, type Page } from '../../src/view/pages/page';
import { tenthOf } from '../cases';
import { HOSTILE, poisoned } from '../view/hostile';
import { ALL_PICTURES, built, PageBrowser, THEMES, type Theme, tableOf } from './browser';
import { PAGES } from './fixtures/all';
import { rawNamesIn } from './raw-names';

/** In two, so that a page is drawn once for each: in one, the long ones would stand in the way of the others. */
const LONG = joined(({ length }) => length > 4_000);
const SHORT = joined(({ length }) => length <= 4_000);

function joined(isWanted: (text: string) => boolean): string {
  return Object.values(HOSTILE).filter(isWanted).join(' ');
}

/** What tells parts of a page apart; a path decides how the tree of files is built. */
const OURS = new Set(['kind', 'tone', 'look', 'fold', 'change', 'id', 'path', 'button']);

interface Violation {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

let browser: PageBrowser;
beforeAll(async () => {
  browser = await PageBrowser.launch();
});
afterAll(() => browser.close());
beforeEach(() => {
  browser.complaints.length = 0;
});

/** What a theme changes is colours alone, as a test below sees: the rules of another kind find the same in all. */
const OF_COLOURS = {
  runOnly: ['cat.color'],
  // By its tag axe would take the one of level AAA as well.
  rules: { 'color-contrast-enhanced': { enabled: false } },
};

/** What axe finds against WCAG 2.1 AA and its own best practices; by the rules that are chosen, or by all. */
async function violations(chosen: object = {}): Promise<readonly string[]> {
  if (!(await browser.page.evaluate('"axe" in globalThis'))) await browser.page.evaluate(axe.source);
  const options = { resultTypes: ['violations'], ...chosen };
  const found: readonly Violation[] = await browser.page.evaluate(
    `axe.run(document, ${JSON.stringify(options)}).then(({ violations }) => violations)`,
  );
  return found.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${help}: ${html.slice(0, 200)}: ${failureSummary}`),
  );
}

/** Opens what is folded, so that all of the page is looked at. */
async function unfold(): Promise<void> {
  await browser.page.evaluate(
    `document.querySelectorAll('details').forEach((fold) => { fold.open = true; })`,
  );
}

const IN_OTHER_THEMES = tenthOf(Object.keys(PAGES), (name) => `themes of ${name}`);

/** Dark, and the others for a tenth of the pages; `npm run pictures` asks for all of them. */
function themesOf(name: string): readonly Theme[] {
  return ALL_PICTURES || IN_OTHER_THEMES.includes(name) ? THEMES : THEMES.slice(0, 1);
}

// All of them before any document is loaded anew: the browser reads axe once.
test.each(Object.entries(PAGES))(
  '%s passes axe in its themes, and the browser refuses nothing on it',
  async (name, page) => {
    for (const theme of themesOf(name)) {
      await browser.show(page, { theme });
      await unfold();
      expect(await violations(theme === THEMES[0] ? undefined : OF_COLOURS), theme).toEqual([]);
    }
    expect(browser.complaints).toEqual([]);
  },
);

describe.each(Object.entries(PAGES))('%s', (_, page) => {
  test('is worked by the keyboard alone, and nothing of it is wider than a narrow window', async () => {
    await browser.show(page, { width: 480 });
    await unfold();
    const reached = await tabStops();
    const tree = await browser.page.locator('vscode-tree').count();
    const all = buttonsOf(page).filter(({ off, id }) => off === undefined && !id.startsWith('file:'));
    expect(all.map(({ id }) => id).filter((id) => !reached.has(`button ${id}`))).toEqual([]);
    expect(reached.has('tree')).toBe(tree > 0);
    const ofLog: readonly string[] = await browser.page.evaluate(
      `[...document.querySelectorAll('[data-log]:is(vscode-textfield, vscode-button, .lines)')].filter((part) => part.checkVisibility()).map(({ dataset }) => dataset.log)`,
    );
    expect(ofLog.filter((part) => !reached.has(`log ${part}`))).toEqual([]);
    const folds = await browser.page.locator('summary').count();
    expect([...reached].filter((stop) => stop.startsWith('fold '))).toHaveLength(folds);
    expect(await browser.page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  });

  test('says nothing in raw internal names', async () => {
    await browser.show(page);
    await unfold();
    const sentences: readonly string[] = await browser.page.evaluate(`
    [...document.querySelectorAll('main :is(p, h1, h2, h3, h4, span, th, td, div, text, time, button, vscode-button)')]
      .filter((element) => !element.closest('pre, code'))
      .map((element) => [...element.childNodes].filter(({ nodeType }) => nodeType === 3).map(({ data }) => data).join(''))
      .filter((text) => text.trim() !== '')`);
    expect(sentences.length).toBeGreaterThan(5);
    expect(sentences.flatMap(rawNamesIn)).toEqual([]);
  });

  test('has the focus on nothing that changes AWS', async () => {
    await browser.open();
    await browser.show(page);
    const focused = await browser.page.evaluate(
      `document.activeElement?.closest('[data-button]')?.dataset.button ?? null`,
    );
    expect(focused).toBeNull();
    const main = buttonsOf(page).filter(({ look }) => look === 'main');
    expect(main.length).toBeLessThanOrEqual(1);
    expect(main.filter(({ id }) => id.startsWith('override:'))).toEqual([]);
    // After a failure, and while something is being changed, no further change is the way to go.
    const { tone } = page.state;
    if (tone === 'error' || tone === 'running') expect(main).toEqual([]);
    // What goes past a check is never the first button of the page.
    expect(buttonsOf(page)[0]?.look).not.toBe('risky');
  });
});

test('themes differ in colours alone, and no style asks which one it is', async () => {
  const [first, ...others] = THEMES.map((theme) => tableOf(theme).variables);
  const differing = others.flatMap((table) =>
    [...new Set([...Object.keys(first ?? {}), ...Object.keys(table)])].filter(
      (name) => first?.[name] !== table[name],
    ),
  );
  const values = THEMES.flatMap((theme) => differing.map((name) => tableOf(theme).variables[name]));
  const supports = (value = 'transparent'): string => `CSS.supports('color', ${JSON.stringify(value)})`;
  expect(new Set(differing).size).toBeGreaterThan(100);
  expect(await browser.page.evaluate(`[${values.map(supports)}].includes(false)`)).toBe(false);
  const asking =
    /vscode-(dark|light|high-contrast)|theme-?kind|forced-colors|prefers-(contrast|color-scheme)/i;
  expect(`${built('page.css')}${built('page.js')}`).not.toMatch(asking);
});

test('a page that took over the panel of another one has none of its folds, nor its place', async () => {
  const own = { page: 'key', folds: { passed: true }, top: 40 };
  await browser.open(own);
  expect(await browser.kept()).toEqual(own);
  await browser.open({ ...own, page: 'other' });
  expect(await browser.kept()).toEqual({ page: 'key', folds: {}, top: 0 });
  await browser.open();
});

describe('texts of others', () => {
  // What becomes of a text is decided before any of it is laid out, which would be most of the work.
  beforeAll(() => browser.page.evaluate('document.body.hidden = true'));
  afterAll(() => browser.page.evaluate('document.body.hidden = false'));

  /** Elements and names of attributes, in order. */
  const structure = (): Promise<readonly string[]> =>
    browser.page.evaluate(`
      [...document.querySelectorAll('main *')].map(({ localName, attributes }) =>
        [localName, ...[...attributes].map(({ name }) => name)].join(' '))`);

  test.each(Object.entries(PAGES))('stay texts: %s', async (_, page) => {
    await browser.show(poisoned(page, 'harmless', OURS));
    const harmless = await structure();
    for (const hostile of [SHORT, LONG]) {
      await browser.show(poisoned(page, hostile, OURS));
      expect(await structure(), hostile).toEqual(harmless);
    }
    expect(browser.complaints).toEqual([]);
    expect(await browser.said()).toEqual([{ type: 'ready' }]);
  });

  test.each(Object.entries(HOSTILE))('stay texts in the path of a file: %s', async (_, path) => {
    await browser.show({
      ...(PAGES['deployment-fine'] as Page),
      sections: [
        {
          id: 'files',
          heading: 'Files',
          blocks: [
            { kind: 'files', name: 'Files', files: [{ path, change: 'added', size: '1 B', button: path }] },
          ],
        },
      ],
    });
    expect(await browser.page.locator('main :is(a, img, script)').count()).toBe(0);
    expect(browser.complaints).toEqual([]);
  });
});

/** Where Tab leads: `button ID`, `fold ID`, `tree`, `table`, `log PART`. */
async function tabStops(): Promise<ReadonlySet<string>> {
  await browser.page.evaluate('document.activeElement?.blur(); scrollTo(0, 0)');
  const stops = new Set<string>();
  for (let presses = 0; presses < 200; presses += 1) {
    await browser.page.keyboard.press('Tab');
    const stop: string | null = await browser.page.evaluate(`(() => {
      const focused = document.activeElement;
      if (focused === null || focused === document.body) return null;
      if (focused.matches('vscode-tree, vscode-tree-item')) return 'tree';
      if (focused.matches('summary')) return 'fold ' + focused.parentElement.dataset.fold;
      if (focused.dataset.log !== undefined) return 'log ' + focused.dataset.log;
      if (focused.dataset.button !== undefined) return 'button ' + focused.dataset.button;
      return 'other ' + focused.outerHTML.slice(0, 80);
    })()`);
    if (stop === null) break;
    stops.add(stop);
  }
  return stops;
}
