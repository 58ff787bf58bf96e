/** Splits text as Python does, where JavaScript's own functions differ. */

/** What `str.isspace` takes for white space; unlike JavaScript, U+001C to U+001F and U+0085, and not U+FEFF. */
const SPACES = String.raw`\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000`;

const OUTER_SPACES = new RegExp(`^[${SPACES}]+|[${SPACES}]+$`, 'g');
const TRAILING_SPACES = new RegExp(`[${SPACES}]+$`);
const FIRST_NON_SPACE = new RegExp(`[^${SPACES}]`);

/** Where `str.splitlines` ends a line. */
const SEPARATORS = String.raw`\x1c-\x1e\x85\u2028\u2029`;
const LINE_ENDS = new RegExp(`\\r\\n|[\\n-\\r${SEPARATORS}]`);

export const strip = (text: string): string => text.replace(OUTER_SPACES, '');

export const stripEnd = (text: string): string => text.replace(TRAILING_SPACES, '');

/** How many characters of white space a line starts with; 0 for a line that has nothing else. */
export const indentOf = (line: string): number => Math.max(0, line.search(FIRST_NON_SPACE));

export const splitLines = (text: string): readonly string[] => text.split(LINE_ENDS);

/**
 * The words of a line as a POSIX shell takes it apart: quotes and backslashes group words, and `#` starts no comment.
 * Undefined where a quote is not closed or a backslash ends the text.
 * @see https://docs.python.org/3/library/shlex.html#shlex.split
 */
export function shellWords(text: string): readonly string[] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  let quote: string | undefined;
  const add = (more: string): void => {
    word = (word ?? '') + more;
  };
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === quote) quote = undefined;
    else if (char === '\\' && quote !== "'") {
      if (at + 1 === text.length) return undefined;
      const next = text.charAt(++at);
      add(quote === undefined || next === '"' || next === '\\' ? next : char + next);
    } else if (quote !== undefined) add(char);
    else if (char === "'" || char === '"') {
      quote = char;
      add('');
    } else if (!' \t\r\n'.includes(char)) add(char);
    else if (word !== undefined) {
      words.push(word);
      word = undefined;
    }
  }
  if (quote !== undefined) return undefined;
  return word === undefined ? words : [...words, word];
}
