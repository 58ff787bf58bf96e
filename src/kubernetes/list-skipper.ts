/** Finds the end of a JSON list whose bytes come piece by piece, and which nothing is used of. */

const [QUOTE, BACKSLASH] = [0x22, 0x5c];
/** Brackets and braces differ in this bit alone: with it a bracket is the brace. */
const BRACE_BIT = 0x20;
const [OPEN_BRACE, CLOSE_BRACE] = [0x7b, 0x7d];

export class ListSkipper {
  private depth = 1;
  private inText = false;
  private escaped = false;

  /** Goes on from there, behind the list's first bracket. @returns where its last one is; -1: not in this piece */
  skip(piece: Uint8Array, from: number): number {
    // Members of the class cost several times as much, and one loop for both twice as much: it runs for each byte.
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
