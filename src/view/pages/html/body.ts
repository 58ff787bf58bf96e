/** The HTML of a page's content, which the page's script puts into the `main` element. */

import { sentence } from '../cells';
import type { Block, Page, Section } from '../page';
import { filesHtml } from './files';
import { findingsHtml, noticeHtml } from './findings';
import { type Child, type Html, h, pre } from './html';
import { sign } from './icons';
import { lanesHtml } from './lanes';
import { buttonsHtml, cellHtml, tableHtml } from './table';

/** The same page always gives the same HTML. */
export function bodyHtml(page: Page): string {
  return [header(page), ...page.sections.map((section) => sectionHtml(section, 2))]
    .map(({ source }) => source)
    .join('');
}

function header({ kind, heading, about, state, notices, buttons }: Page): Html {
  return h(
    'header',
    {},
    h('p', { class: 'kind' }, kind),
    h('h1', {}, heading),
    about.length === 0
      ? undefined
      : h(
          'ul',
          { class: 'about' },
          about.map((cell) => h('li', {}, cellHtml(cell))),
        ),
    h(
      'div',
      { class: 'bar-of-buttons' },
      h(
        'p',
        { class: 'state', 'data-tone': state.tone, role: 'status' },
        sign(state.tone),
        sentence(state.text),
      ),
      buttonsHtml(buttons),
    ),
    notices.map(noticeHtml),
  );
}

function sectionHtml({ id, heading, note, tone, fold, blocks }: Section, level: number): Html {
  const title = [
    tone === undefined ? undefined : sign(tone),
    h(`h${level}`, { id: `heading-${id}` }, heading),
    note === undefined ? undefined : h('span', { class: 'muted' }, note),
  ];
  const content = blocks.map((block) => blockHtml(block, level));
  const inside =
    fold === undefined
      ? [h('div', { class: 'section-title' }, title), content]
      : h('details', { 'data-fold': id, open: fold === 'open' }, h('summary', {}, title), content);
  // Only the page's own sections are landmarks, not the sections within them: more landmarks would not help
  // the users of a screen reader.
  return level > 2
    ? h('div', { class: 'section' }, inside)
    : h('section', { class: 'section', 'aria-labelledby': `heading-${id}` }, inside);
}

function blockHtml(block: Block, level: number): Child {
  switch (block.kind) {
    case 'text':
      return h('p', { class: block.look }, block.text);
    case 'findings':
      return findingsHtml(block.findings);
    case 'table':
      return tableHtml(block);
    case 'files':
      return filesHtml(block);
    case 'lanes':
      return lanesHtml(block);
    case 'source':
      return pre(block.text, { role: 'group', 'aria-label': block.name });
    case 'buttons':
      return buttonsHtml(block.buttons);
    case 'sections':
      return block.sections.map((section) => sectionHtml(section, Math.min(level + 1, 6)));
  }
}
