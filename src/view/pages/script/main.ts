/**
 * The script of every page: shows its content and its log, reports pressed buttons, and keeps folds and
 * scroll position over a reload.
 */
import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-textfield/index.js';
import '@vscode-elements/elements/dist/vscode-tree/index.js';
import '@vscode-elements/elements/dist/vscode-tree-item/index.js';
import type { ToLog } from '../log-messages';
import { type FromPage, type PageState, readPageState, readToPage } from '../page-messages';
import { LogView } from './log';
import './page.css';

/** VS Code's own function in every webview. It may be called only once. */
declare function acquireVsCodeApi(): {
  postMessage(said: FromPage): void;
  getState(): unknown;
  setState(state: PageState): void;
};

const vscode = acquireVsCodeApi();
const main = document.querySelector('main');
if (main === null) throw new Error('a page has a main');

// The content is replaced as a whole; the log, whose lines must stay, is therefore no part of this element.
const content = main.appendChild(document.createElement('div'));
const page = main.dataset['page'] ?? '';
const stored = readPageState(vscode.getState());
// The stored state may belong to a page that this panel showed before.
const kept = stored?.page === page ? stored : undefined;
const state: { -readonly [name in keyof PageState]: PageState[name] } & { folds: Record<string, boolean> } = {
  page,
  folds: { ...kept?.folds },
  top: kept?.top ?? 0,
  ...(kept?.log && { log: kept.log }),
};

/** The button with this id. Ids are data, so they never become part of a selector. */
function buttonOf(id: string): HTMLElement | undefined {
  return [...document.querySelectorAll<HTMLElement>('[data-button]')].find(
    ({ dataset }) => dataset['button'] === id,
  );
}

function show(html: string): void {
  const focused = document.activeElement?.closest<HTMLElement>('[data-button]')?.dataset['button'];
  const isFirst = content.childElementCount === 0;
  const top = isFirst ? state.top : window.scrollY;
  content.innerHTML = html;
  for (const fold of document.querySelectorAll<HTMLDetailsElement>('details[data-fold]')) {
    const isOpen = state.folds[fold.dataset['fold'] ?? ''];
    if (isOpen !== undefined) fold.open = isOpen;
    fold.addEventListener('toggle', () => {
      state.folds[fold.dataset['fold'] ?? ''] = fold.open;
      vscode.setState(state);
    });
  }
  if (focused !== undefined) buttonOf(focused)?.focus();
  window.scrollTo(0, top);
}

/**
 * The log that the page shows. If lines are missing between the shown lines and the new lines, all lines are
 * requested again.
 */
const logs: { shown?: { readonly section: HTMLElement; readonly view: LogView } } = {};

function showLog(said: ToLog): void {
  if (said.type === 'log-lines') {
    if (logs.shown?.view.add(said) === false) vscode.postMessage({ type: 'ready' });
    return;
  }
  logs.shown?.section.remove();
  const frame = document.createElement('div');
  frame.innerHTML = said.html;
  const section = frame.firstElementChild;
  if (!(section instanceof HTMLElement)) throw new Error('a log has a section');
  main?.append(section);
  const view = new LogView(section, said, state.log, (log) => {
    state.log = log;
    vscode.setState(state);
  });
  logs.shown = { section, view };
}

function press(target: EventTarget | null): void {
  const button = target instanceof Element ? target.closest<HTMLElement>('[data-button]') : null;
  const id = button?.dataset['button'];
  if (id === undefined || button?.hasAttribute('disabled')) return;
  vscode.postMessage({ type: 'press', button: id });
}

window.addEventListener('message', ({ data }) => {
  const said = readToPage(data);
  if (said?.type === 'content') show(said.html);
  else if (said) showLog(said);
});
main.addEventListener('click', ({ target }) => press(target));
main.addEventListener('keydown', ({ key, target }) => {
  // A button handles Enter itself; on a row of a tree, Enter would only select the row.
  if (key === 'Enter' && target instanceof Element && target.matches('vscode-tree-item')) press(target);
});
document.addEventListener('scrollend', () => {
  state.top = window.scrollY;
  vscode.setState(state);
});
vscode.setState(state);
vscode.postMessage({ type: 'ready' });
