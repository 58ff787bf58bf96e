/** Markdown from data: text is escaped, tables keep their shape, and invisible characters are made visible. */
import { shortened, visible } from '../model/visible-text';

/** The most characters of a cell or paragraph that are shown; a reader has no use for more. */
const LONGEST = 4_000;

/**
 * Escapes text so that Markdown shows it literally and on one line. Spaces at both ends are removed, and
 * longer text is shortened to `LONGEST` characters.
 */
export function plain(text: string): string {
  return (
    shortened(visible(text), LONGEST)
      .replaceAll(/[\\`*_{}[\]()#+!|<>~&$]/g, '\\$&')
      // A space before the closing asterisks would break bold text, and spaces at the beginning could make a list or a
      // code block.
      .trim()
      .replace(/^(?:-(?=[\s-]|$)|=)/, '\\$&')
      .replace(/^(\d{1,9})\.(?=\s|$)/, '$1\\.')
  );
}

/** Text in code style; the text may contain backticks. */
export function code(text: string): string {
  const line = shortened(visible(text), LONGEST);
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${line.replaceAll('|', '\\|')}${pad}${fence}`;
}

/** A table whose cells are Markdown already. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Joins the blocks with an empty line between them, and leaves out blocks that are undefined or empty. */
export function page(blocks: readonly (string | undefined)[]): string {
  return `${blocks.filter((block) => block !== undefined && block !== '').join('\n\n')}\n`;
}
