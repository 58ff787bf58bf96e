/** HTML made of elements and text. Text is data, and is escaped here and nowhere else. */
import { shortened, visible } from '../../../model/visible-text';

/** The most characters that are shown of a text or attribute; {@link pre} has no such limit. */
const LONGEST = 4_000;
/** Elements without an end tag. */
const EMPTY: ReadonlySet<string> = new Set(['br', 'hr', 'input', 'link', 'meta']);

export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;
/** A string is text from any source, and is escaped. */
export type Child = Html | string | undefined | readonly Child[];

/** Made only by {@link h} and {@link pre}, so that text never becomes markup. */
export class Html {
  private constructor(readonly source: string) {}

  static made(source: string): Html {
    return new Html(source);
  }
}

/**
 * An element. An attribute that is `true` is written as its name alone; an attribute that is `false` or
 * undefined is left out. `tag` and the names of attributes are the program's own words, never data.
 */
export function h(tag: string, attributes: Attributes, ...children: readonly Child[]): Html {
  const opening = `<${tag}${Object.entries(attributes).map(attribute).join('')}>`;
  return Html.made(EMPTY.has(tag) ? opening : `${opening}${children.map(sourceOf).join('')}</${tag}>`);
}

/** Text whose line breaks are kept, such as JSON. @param text has passed `visibleJson` or `visibleLines`. */
export function pre(text: string, attributes: Attributes = {}): Html {
  return h('pre', { tabindex: 0, ...attributes }, Html.made(escaped(text)));
}

function sourceOf(child: Child): string {
  if (child === undefined) return '';
  if (child instanceof Html) return child.source;
  return typeof child === 'string'
    ? escaped(shortened(visible(child), LONGEST))
    : child.map(sourceOf).join('');
}

function attribute([name, value]: [string, string | number | boolean | undefined]): string {
  if (value === undefined || value === false) return '';
  return value === true ? ` ${name}` : ` ${name}="${escaped(shortened(visible(String(value)), LONGEST))}"`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign);
}
