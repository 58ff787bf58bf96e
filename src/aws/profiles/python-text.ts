/** Strips and splits text as Python does, in the cases where JavaScript's own functions differ. */

/**
 * White space for `str.isspace`: unlike in JavaScript, U+001C to U+001F and U+0085 belong to it, and U+FEFF does not.
 */
const SPACES = String.raw`\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000`;

const OUTER_SPACES = new RegExp(`^[${SPACES}]+|[${SPACES}]+$`, 'g');
const TRAILING_SPACES = new RegExp(`[${SPACES}]+$`);
const FIRST_NON_SPACE = new RegExp(`[^${SPACES}]`);

/** The characters, besides `\n` to `\r`, at which `str.splitlines` ends a line. */
const SEPARATORS = String.raw`\x1c-\x1e\x85\u2028\u2029`;
const LINE_ENDS = new RegExp(`\\r\\n|[\\n-\\r${SEPARATORS}]`);

export const strip = (text: string): string => text.replace(OUTER_SPACES, '');

export const stripEnd = (text: string): string => text.replace(TRAILING_SPACES, '');

/** The number of white space characters at the beginning of a line; 0 for a line of only white space. */
export const indentOf = (line: string): number => Math.max(0, line.search(FIRST_NON_SPACE));

export const splitLines = (text: string): readonly string[] => text.split(LINE_ENDS);

/**
 * The words of a line as a POSIX shell splits it: quotes and backslashes group words, and `#` does not start a comment.
 * Undefined if a quote is not closed or a backslash ends the text.
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
