/** Markdown from data: text is escaped, tables keep their shape, and what cannot be seen is shown. */
import { shortened, visible, visibleJson, visibleLines } from '../model/visible-text';

/** Longer cells and paragraphs are of no use to a reader. */
const LONGEST = 4_000;

/** Text that Markdown shows as it is. */
export function plain(text: string): string {
  return (
    shortened(visible(text), LONGEST)
      .replaceAll(/[\\`*_{}[\]()#+!|<>~&$]/g, '\\$&')
      // A space at an end undoes bold text; at the beginning stands what makes a list, a rule or a code block.
      .trim()
      .replace(/^(?:-(?=[\s-]|$)|=)/, '\\$&')
      .replace(/^(\d{1,9})\.(?=\s|$)/, '$1\\.')
  );
}

/** Text in code style, whatever it holds. */
export function code(text: string): string {
  const line = shortened(visible(text), LONGEST);
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${line.replaceAll('|', '\\|')}${pad}${fence}`;
}

/** An address as a link; as code where it leads to anything but a page of the web. */
export function webLink(address: string): string {
  return /^https?:\/\/[\x21-\x7e]+$/.test(address) && !/[<>]/.test(address) ? `<${address}>` : code(address);
}

/** Data as JSON in a block of its own, in which every character can be seen. */
export function jsonBlock(data: unknown): string {
  return fenced('json', visibleJson(JSON.stringify(data, null, 2)));
}

/** Lines as they are, each with every character in it shown. */
export function textBlock(text: string): string {
  return fenced('text', visibleLines(text).join('\n'));
}

/** Between fences that the text does not hold. */
function fenced(language: 'json' | 'text', text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}

/** A table whose cells are Markdown already. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Blocks with an empty line between them; undefined and empty ones are left out. */
export function page(blocks: readonly (string | undefined)[]): string {
  return `${blocks.filter((block) => block !== undefined && block !== '').join('\n\n')}\n`;
}
