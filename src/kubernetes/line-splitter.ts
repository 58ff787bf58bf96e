/** Splits an answer into lines as its bytes arrive; a piece may end in the middle of a character. */
import { Misshapen } from './failures';

const LINE_END = 0x0a;
/**
 * The maximum number of bytes of a line: far more than any object has, since etcd stores no object of
 * more than 1.5 MB.
 */
const LONGEST_LINE = 8 * 1024 * 1024;

export class LineSplitter {
  private begun: Uint8Array[] = [];
  private length = 0;

  /**
   * The lines that end in this piece, without blank lines. @throws Misshapen if an unfinished line exceeds
   * the limit
   */
  push(piece: Uint8Array): readonly string[] {
    const lines: string[] = [];
    let from = 0;
    for (let at = piece.indexOf(LINE_END); at !== -1; at = piece.indexOf(LINE_END, from)) {
      this.begun.push(piece.subarray(from, at));
      lines.push(Buffer.concat(this.begun).toString('utf8'));
      this.begun = [];
      this.length = 0;
      from = at + 1;
    }
    this.begun.push(piece.subarray(from));
    this.length += piece.length - from;
    if (this.length > LONGEST_LINE) throw new Misshapen(`a line has more than ${LONGEST_LINE} bytes`);
    return lines.filter((line) => line.trim() !== '');
  }
}
