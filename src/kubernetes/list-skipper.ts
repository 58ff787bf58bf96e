/**
 * Finds the end of a JSON list whose content is not needed and whose bytes arrive piece by piece.
 *
 * Most bytes of large answers are in such lists. A list without inner lists ends at its first closing
 * bracket outside of strings, which a search finds quickly. Where the search cannot decide, every byte is
 * examined.
 */

const [QUOTE, BACKSLASH, COMMA, COLON] = [0x22, 0x5c, 0x2c, 0x3a];
const [OPEN_LIST, CLOSE_LIST] = [0x5b, 0x5d];
/** The only bit in which a bracket and the brace of the same side differ; it is set in the brace. */
const BRACE_BIT = 0x20;
const [OPEN_BRACE, CLOSE_BRACE] = [0x7b, 0x7d];
const SPACE = 0x20;

export class ListSkipper {
  /** Pieces without a list bracket, not examined so far; undefined as soon as every byte has to be examined. */
  private unread: Uint8Array[] | undefined = [];
  private depth = 1;
  private inText = false;
  private escaped = false;

  /**
   * Continues at `from`, which is after the list's opening bracket.
   * @returns the index of the closing bracket, or -1 if it is not in this piece
   */
  skip(piece: Uint8Array, from: number): number {
    if (this.unread === undefined) return this.read(piece, from);
    const end = piece.indexOf(CLOSE_LIST, from);
    const inner = piece.indexOf(OPEN_LIST, from);
    if (end < 0 && inner < 0) {
      this.unread.push(piece.subarray(from));
      return -1;
    }
    if (end >= 0 && (inner < 0 || inner > end) && isOutsideOfTexts(piece, end)) return end;
    for (const before of this.unread) this.read(before, 0);
    this.unread = undefined;
    return this.read(piece, from);
  }

  private read(piece: Uint8Array, from: number): number {
    // Local variables and a separate loop for each case, since this runs for each byte: members of the class would cost
    // several times as much, and one loop for both cases twice as much.
    let { depth, inText, escaped } = this;
    const { length } = piece;
    let at = from;
    while (at < length) {
      while (inText && at < length) {
        const byte = piece[at] as number;
        at += 1;
        if (escaped) escaped = false;
        else if (byte === QUOTE) inText = false;
        else if (byte === BACKSLASH) escaped = true;
      }
      while (at < length) {
        const byte = piece[at] as number;
        at += 1;
        if (byte === QUOTE) {
          inText = true;
          break;
        }
        const brace = byte | BRACE_BIT;
        if (brace === OPEN_BRACE) depth += 1;
        else if (brace === CLOSE_BRACE) {
          depth -= 1;
          if (depth === 0) return at - 1;
        }
      }
    }
    this.depth = depth;
    this.inText = inText;
    this.escaped = escaped;
    return -1;
  }
}

/**
 * True if the text after the bracket proves that the bracket is outside of strings: the next quote must
 * open a string, because the character after that quote cannot follow a closing quote. False without such
 * a proof, for example because the piece ends too early.
 */
function isOutsideOfTexts(piece: Uint8Array, bracket: number): boolean {
  let at = bracket + 1;
  while (at < piece.length && isBetweenTexts(piece[at] as number)) at += 1;
  const next = piece[at + 1];
  return piece[at] === QUOTE && next !== undefined && !isBetweenTexts(next);
}

function isBetweenTexts(byte: number): boolean {
  const brace = byte | BRACE_BIT;
  return byte <= SPACE || byte === COMMA || byte === COLON || brace === OPEN_BRACE || brace === CLOSE_BRACE;
}
