/**
 * Shows the lines of a log on its page: filters them, holds new lines back while paused, and follows the end
 * unless the reader has scrolled away from it.
 */
import type { LogFacts, LogRow, LogState, LogWords, ToLog } from '../log-messages';

type FromStart = Extract<ToLog, { readonly type: 'log' }>;

interface ShownRow {
  readonly id: number;
  readonly at: number;
  /** The text that the filter searches, in lower case. */
  readonly text: string;
  readonly element: HTMLElement;
}

/** The list counts as scrolled to the end if it is at most this many pixels away from the end. */
const AT_END = 8;
const HIGHLIGHT = 'log-match';

export class LogView {
  private readonly words: LogWords;
  private readonly run: string;
  private readonly most: number;
  private readonly list: HTMLElement;
  private readonly above = element('div', 'above muted');
  private readonly none = element('p', 'muted');
  private rows: ShownRow[] = [];
  /** Lines that arrived while the reader paused. */
  private held: LogRow[] = [];
  private heldFacts: LogFacts | undefined;
  private facts: LogFacts;
  private last = 0;
  private pausedAt: number | undefined;
  private filter: string;
  private follows = true;
  /** How many lines were added to the list since the reader scrolled away from the end. */
  private below = 0;

  /** @param keep called with the state that VS Code has to keep over a reload */
  constructor(
    private readonly section: HTMLElement,
    said: FromStart,
    kept: LogState | undefined,
    private readonly keep: (state: LogState) => void,
  ) {
    this.words = said.words;
    this.run = said.run;
    this.most = said.most;
    this.facts = said.facts;
    this.filter = kept?.filter ?? '';
    this.list = this.part('lines');
    this.list.append(this.above, this.none);
    this.listen();
    const paused = kept?.pausedAt?.run === said.run ? kept.pausedAt.id : undefined;
    this.take(paused === undefined ? said.rows : said.rows.filter(({ id }) => id <= paused));
    this.last = newest(said.rows, 0);
    if (paused !== undefined) {
      this.pausedAt = paused;
      this.held = said.rows.filter(({ id }) => id > paused);
      this.heldFacts = said.facts;
    }
    this.show();
    this.toEnd();
  }

  /** @returns false if lines before these are missing: then the caller has to request all lines again. */
  add({ after, rows, facts }: Extract<ToLog, { readonly type: 'log-lines' }>): boolean {
    if (after !== this.last) return false;
    this.last = newest(rows, this.last);
    if (this.pausedAt !== undefined) {
      this.held = [...this.held, ...rows].slice(-this.most);
      this.heldFacts = facts;
    } else {
      this.facts = facts;
      this.take(rows);
      if (!this.follows) this.below += rows.length;
    }
    this.show();
    return true;
  }

  private part(name: string): HTMLElement {
    const found = this.section.querySelector<HTMLElement>(`[data-log="${name}"]`);
    if (found === null) throw new Error(`a log has a part ${name}`);
    return found;
  }

  private listen(): void {
    const field = this.part('filter') as HTMLElement & { value: string };
    field.value = this.filter;
    const filtered = (): void => {
      this.filter = field.value;
      this.show();
      this.say(this.countWords());
      this.store();
    };
    field.addEventListener('input', filtered);
    field.addEventListener('keydown', ({ key }) => {
      if (key !== 'Escape') return;
      field.value = '';
      filtered();
    });
    document.addEventListener('keydown', (event) => {
      if (event.key !== 'f' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      field.focus();
    });
    this.part('pause').addEventListener('click', () => this.togglePause());
    this.part('end').addEventListener('click', () => {
      if (this.pausedAt !== undefined) this.togglePause();
      this.toEnd();
    });
    new ResizeObserver(() => {
      if (this.follows) this.toEnd();
    }).observe(this.list);
    this.list.addEventListener('scroll', () => {
      const { scrollHeight, scrollTop, clientHeight } = this.list;
      this.follows = scrollHeight - scrollTop - clientHeight <= AT_END;
      if (this.follows) this.below = 0;
      this.label();
    });
  }

  private togglePause(): void {
    if (this.pausedAt === undefined) this.pausedAt = this.last;
    else {
      this.pausedAt = undefined;
      this.facts = this.heldFacts ?? this.facts;
      this.take(this.held);
      if (!this.follows) this.below += this.held.length;
      this.held = [];
      this.heldFacts = undefined;
    }
    this.show();
    this.say(this.pausedAt === undefined ? this.words.resumed : this.words.paused);
    this.store();
  }

  /** Inserts lines in the order of their times. Beyond the limit, the oldest lines are dropped. */
  private take(rows: readonly LogRow[]): void {
    for (const row of rows) {
      const shown = shownRow(row);
      let place = this.rows.length;
      while (place > 0 && (this.rows[place - 1]?.at ?? 0) > row.at) place -= 1;
      this.list.insertBefore(shown.element, this.rows[place]?.element ?? null);
      this.rows.splice(place, 0, shown);
    }
    for (const { element: dropped } of this.rows.splice(0, Math.max(0, this.rows.length - this.most)))
      dropped.remove();
  }

  private show(): void {
    const wanted = this.filter.toLowerCase();
    for (const { element: row, text } of this.rows) row.hidden = !text.includes(wanted);
    this.above.replaceChildren(...this.facts.above.map((text) => element('p', '', text)));
    const isEmpty = this.matching() === 0;
    this.none.hidden = !isEmpty;
    this.none.textContent = this.rows.length === 0 ? this.facts.none : this.words.noMatch;
    this.part('count').textContent = this.countWords();
    highlight(wanted, this.rows);
    this.label();
    if (this.follows) this.toEnd();
  }

  private label(): void {
    const isPaused = this.pausedAt !== undefined;
    const { pause, resume, resumeNew, end, endNew } = this.words;
    const button = this.part('pause');
    setText(button, isPaused ? withNew(resume, resumeNew, this.held.length) : pause);
    const isUseless = this.facts.hasEnded && !isPaused;
    if (isUseless && button === document.activeElement) this.list.focus();
    button.hidden = isUseless;
    setText(this.part('end'), withNew(end, endNew, this.below));
  }

  private matching(): number {
    return this.rows.filter(({ element: row }) => !row.hidden).length;
  }

  private countWords(): string {
    const all = this.rows.length;
    return this.filter === ''
      ? filled(this.words.lines, all)
      : filled(this.words.matches, this.matching(), all);
  }

  /**
   * Announces the result of the user's own action to screen readers. A count is announced only after such an
   * action, since counts change all the time.
   */
  private say(text: string): void {
    this.part('told').textContent = text;
  }

  private toEnd(): void {
    this.follows = true;
    this.below = 0;
    this.list.scrollTop = this.list.scrollHeight;
    this.label();
  }

  private store(): void {
    const { filter, pausedAt, run } = this;
    this.keep({ filter, ...(pausedAt !== undefined && { pausedAt: { run, id: pausedAt } }) });
  }
}

function newest(rows: readonly LogRow[], before: number): number {
  return rows.reduce((most, { id }) => Math.max(most, id), before);
}

function shownRow({ id, at, time, fullTime, stream, text }: LogRow): ShownRow {
  const row = element('div', 'line');
  const when = element('span', 'time', time);
  when.title = fullTime;
  const who = element('span', 'stream', stream);
  who.title = stream;
  row.append(when, who, element('span', 'text', text));
  return { id, at, text: `${stream}\n${text}`.toLowerCase(), element: row };
}

function element(tag: string, look: string, text = ''): HTMLElement {
  const made = document.createElement(tag);
  if (look !== '') made.className = look;
  made.textContent = text;
  return made;
}

/** Highlights the text that the user filters by, without touching the elements of the lines. */
function highlight(wanted: string, rows: readonly ShownRow[]): void {
  CSS.highlights.delete(HIGHLIGHT);
  if (wanted === '') return;
  const ranges = rows
    .filter(({ element: row }) => !row.hidden)
    .flatMap(({ element: row }) => [...row.querySelectorAll('.stream, .text')])
    .flatMap(({ firstChild }) => (firstChild === null ? [] : rangesIn(firstChild, wanted)));
  CSS.highlights.set(HIGHLIGHT, new Highlight(...ranges));
}

function rangesIn(node: Node, wanted: string): readonly Range[] {
  const text = (node.textContent ?? '').toLowerCase();
  // Some letters have more characters in lower case: every highlight after such a letter would be misplaced.
  if (text.length !== node.textContent?.length) return [];
  const found: Range[] = [];
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) {
    const range = new Range();
    range.setStart(node, at);
    range.setEnd(node, at + wanted.length);
    found.push(range);
  }
  return found;
}

function withNew(none: string, some: string, count: number): string {
  return count === 0 ? none : filled(some, count);
}

function filled(template: string, ...numbers: readonly number[]): string {
  return template.replaceAll(
    /\{(\d)\}/g,
    (hole, at: string) => numbers[Number(at)]?.toLocaleString() ?? hole,
  );
}

/**
 * Sets the text of an element, unless the text is already the same: a button whose text is replaced while
 * it is pressed receives no click.
 */
function setText(of: HTMLElement, text: string): void {
  if (of.textContent !== text) of.textContent = text;
}
