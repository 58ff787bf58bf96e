/**
 * Text that others wrote, made safe to read: an invisible character, or one that changes the direction of the text
 * after it, is shown as its number. File names, AWS's sentences and the output of programs may contain such characters.
 * @see https://trojansource.codes
 */

// Regular expressions with Unicode classes are made when they are used, so that they do not delay the start
// of VS Code: expanding such a class takes long. The engine compiles each of these literals only once.

/** Control characters, direction marks, joiners, tags, fillers, lone surrogates, line separators. */
const unseen = (): RegExp => /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu;
const SPACES = /\r\n|[\t\n\v\f\r\u0085\u2028\u2029]/g;
const LINE_ENDS = /\r\n|[\n\r\u0085\u2028\u2029]/;

const VARIATION = '\uFE0F';
const JOINERS = '\u200C\u200D';
/**
 * Each matches a text after which a joiner (`needsJoiner`, `joiningLetter`) or a variation selector
 * (`needsVariation`) is legitimate: the text ends with a part of an emoji, or with a letter of a script that
 * uses joiners.
 */
const needsJoiner = (): RegExp => /(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\uFE0F)$/u;
const needsVariation = (): RegExp => /\p{Extended_Pictographic}$/u;
const joiningLetter = (): RegExp =>
  /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}]$/u;

/**
 * The text on one line: tabs and line ends become spaces. Any other invisible character becomes its number,
 * such as `‹U+202E›`, unless it is a legitimate joiner or variation selector.
 */
export function visible(text: string): string {
  return text.replaceAll(SPACES, ' ').replaceAll(unseen(), shown);
}

/** The lines of a text, each made {@link visible}. */
export function visibleLines(text: string): readonly string[] {
  return text.split(LINE_ENDS).map(visible);
}

/**
 * As {@link visible}, but tabs, line feeds and carriage returns stay, and other line ends become numbers: for
 * a place that shows several lines as one text, such as a quoted cell.
 */
export function visibleWithBreaks(text: string): string {
  return text.replaceAll(unseen(), (sign, at: number) =>
    /[\t\r\n]/.test(sign) ? sign : shown(sign, at, text),
  );
}

/**
 * The JSON text with escapes for invisible characters other than line feeds; its meaning is the same.
 * @param json from `JSON.stringify`, without tabs as indentation
 */
export function visibleJson(json: string): string {
  return json.replaceAll(unseen(), (sign) => (sign === '\n' ? sign : escapes(sign)));
}

/** At most `most` characters (UTF-16 units). The middle is left out, since the two ends identify a text best. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const room = most - GAP.length;
  const head = Math.ceil((room * 2) / 3);
  // If a cut has split a surrogate pair, the half that remains is removed: it is not a character.
  return `${text.slice(0, head).replace(/[\uD800-\uDBFF]$/, '')}${GAP}${text
    .slice(text.length - (room - head))
    .replace(/^[\uDC00-\uDFFF]/, '')}`;
}

const GAP = ' … ';

function shown(sign: string, at: number, text: string): string {
  const before = text.slice(Math.max(0, at - 2), at);
  if (sign === VARIATION && needsVariation().test(before)) return sign;
  if (JOINERS.includes(sign) && (needsJoiner().test(before) || joiningLetter().test(before))) return sign;
  const number = (sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return `‹U+${number}›`;
}

function escapes(sign: string): string {
  return Array.from(
    { length: sign.length },
    (_, at) => `\\u${sign.charCodeAt(at).toString(16).padStart(4, '0')}`,
  ).join('');
}
