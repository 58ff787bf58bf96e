/**
 * Tables, their cells, and the buttons inside and outside of tables. In a narrow window the cells of a row
 * stand below one another, each with the heading of its column: because of ARIA roles, screen readers still
 * present a table.
 */
import type { Block, Cell, PageButton } from '../page';
import { type Attributes, type Html, h } from './html';
import { copySign, sign } from './icons';

type Table = Extract<Block, { readonly kind: 'table' }>;

export function tableHtml({ caption, head, rows }: Table): Html {
  const isOfFacts = head.length === 0;
  return h(
    'div',
    { class: 'scrolled', tabindex: 0, role: 'group', 'aria-label': caption },
    h(
      'table',
      { class: isOfFacts ? 'facts' : 'rows', role: 'table' },
      h('caption', {}, caption),
      isOfFacts
        ? undefined
        : h(
            'thead',
            { role: 'rowgroup' },
            h(
              'tr',
              { role: 'row' },
              head.map((name) => h('th', { scope: 'col', role: 'columnheader' }, name)),
            ),
          ),
      h(
        'tbody',
        { role: 'rowgroup' },
        rows.map(({ cells, strong }) =>
          h(
            'tr',
            { class: strong ? 'strong' : undefined, role: 'row' },
            cells.map((cell, at) =>
              at === 0
                ? h('th', { scope: 'row', role: 'rowheader' }, cellHtml(cell))
                : h(
                    'td',
                    { role: 'cell', 'data-head': isEmpty(cell) ? undefined : head[at] },
                    cellHtml(cell),
                  ),
            ),
          ),
        ),
      ),
    ),
  );
}

function isEmpty(cell: Cell): boolean {
  if (typeof cell === 'string') return cell === '';
  if ('cells' in cell) return cell.cells.every(isEmpty);
  return 'text' in cell && cell.text === '';
}

export function cellHtml(cell: Cell): Html {
  if (typeof cell === 'string') return h('span', {}, cell);
  switch (cell.kind) {
    case 'code':
      return h('code', {}, cell.text);
    case 'muted':
      return h('span', { class: 'muted' }, cell.text);
    case 'sign':
      return h('span', { class: 'signed' }, sign(cell.tone), cell.text);
    case 'button':
      return buttonHtml(cell.button);
    case 'link':
      return h('button', { type: 'button', class: 'link', ...attributesOf(cell.button) }, cell.button.label);
    case 'copyable':
      return h(
        'span',
        { class: 'copyable' },
        h('code', {}, cell.text),
        h(
          'button',
          {
            type: 'button',
            class: 'copy',
            ...attributesOf(cell.button),
            title: cell.button.label,
            'aria-label': cell.button.label,
          },
          copySign(),
        ),
      );
    case 'time':
      return h('time', { title: cell.exact }, cell.text);
    case 'lines':
    case 'beside':
      return h(
        'div',
        { class: cell.kind },
        cell.cells.map((one) => h('div', {}, cellHtml(one))),
      );
  }
}

function attributesOf({ id, off }: PageButton): Attributes {
  return { 'data-button': id, disabled: off !== undefined };
}

function buttonHtml({ id, label, look = 'plain', off }: PageButton): Html {
  return h(
    'vscode-button',
    {
      'data-button': id,
      class: look,
      secondary: look !== 'main',
      disabled: off !== undefined,
      title: off,
      'aria-description': off,
    },
    label,
  );
}

export function buttonsHtml(buttons: readonly PageButton[]): Html | undefined {
  return buttons.length === 0 ? undefined : h('div', { class: 'buttons' }, buttons.map(buttonHtml));
}
