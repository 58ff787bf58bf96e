/**
 * Takes the items out of a List as its bytes arrive, so that neither all the bytes nor all the parsed objects
 * are in memory at once: 500 pods are 4 MB, and parsing them at once would block the thread for too long.
 * Unused lists inside of items are emptied, since they may be most of an item.
 */

import { ListSkipper } from './list-skipper';

const [QUOTE, BACKSLASH, COMMA, COLON] = [0x22, 0x5c, 0x2c, 0x3a];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];
const ITEMS = Buffer.from('"items"');
/** Depths of nesting: in the document, and in its list of items. */
const [DOCUMENT, IN_ITEMS] = [1, 2];

export class ItemSplitter {
  /** The bytes outside of items. */
  private readonly rest: Uint8Array[] = [];
  /** The beginning of an item that continues in the next piece. */
  private begun: Uint8Array[] = [];
  private depth = 0;
  private inText = false;
  private escaped = false;
  private inItems = false;
  /** Finds the end of the list that is being emptied; undefined outside of such a list. */
  private skipped: ListSkipper | undefined;
  /** How many bytes of the name `"items"` have just been read, at the level of the document's own members. */
  private named = 0;
  private isItems = false;

  private readonly unused: readonly Buffer[];

  /**
   * @param unused names of lists that are emptied, at any depth of an item. A list is kept whole if its
   * name and its opening bracket are not in the same piece.
   */
  constructor(unused: readonly string[] = []) {
    this.unused = unused.map((name) => Buffer.from(JSON.stringify(name)));
  }

  /**
   * The JSON texts of the items that end in this piece. They stay in UTF-8, since many need not be decoded.
   */
  push(piece: Uint8Array): readonly Buffer[] {
    const items: Buffer[] = [];
    let from = 0;
    const keep = (until: number): void => {
      if (until > from) (this.inItem ? this.begun : this.rest).push(piece.subarray(from, until));
      from = until;
    };
    // Local variables, since this runs for each byte: members of the class would cost several times as much.
    let { depth, inText, escaped } = this;
    /**
     * Where the last JSON string begins and ends, if at most a colon has followed it. `textFrom` is -1 if
     * this piece has no such string.
     */
    let [textFrom, textUntil] = [-1, -1];
    const { length } = piece;
    for (let at = 0; at < length; at += 1) {
      if (this.skipped !== undefined) {
        const end = this.skipped.skip(piece, at);
        if (end < 0) {
          from = length;
          break;
        }
        from = at = end;
        this.skipped = undefined;
      }
      let byte = piece[at] as number;
      if (depth === DOCUMENT) this.follow(byte);
      else if (inText && !escaped) {
        // A fast path, since most bytes are inside JSON strings.
        while (byte !== QUOTE && byte !== BACKSLASH && at + 1 < length) {
          at += 1;
          byte = piece[at] as number;
        }
      }
      if (inText) {
        if (escaped) escaped = false;
        else if (byte === BACKSLASH) escaped = true;
        else if (byte === QUOTE) {
          inText = false;
          textUntil = at + 1;
        }
      } else if (byte === QUOTE) {
        inText = true;
        textFrom = at;
      } else if (byte === OPEN_LIST || byte === OPEN_OBJECT) {
        if (this.inItems && depth === IN_ITEMS && byte === OPEN_OBJECT) {
          this.depth = depth;
          keep(at);
        }
        if (depth === DOCUMENT && byte === OPEN_LIST && this.isItems) this.inItems = true;
        if (byte === OPEN_LIST && depth > IN_ITEMS && textFrom >= 0) {
          if (isOneOf(this.unused, piece, textFrom, textUntil)) {
            keep(at + 1);
            this.skipped = new ListSkipper();
          }
        }
        depth += 1;
        this.depth = depth;
        textFrom = -1;
      } else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) {
        if (this.inItems && depth === IN_ITEMS + 1) {
          keep(at + 1);
          items.push(Buffer.concat(this.begun));
          this.begun = [];
        }
        depth -= 1;
        this.depth = depth;
        if (depth === DOCUMENT) this.inItems = false;
      } else if (byte === COMMA) {
        textFrom = -1;
        if (this.inItems && depth === IN_ITEMS) {
          keep(at);
          from = at + 1;
        }
      }
    }
    this.inText = inText;
    this.escaped = escaped;
    keep(length);
    return items;
  }

  /**
   * The JSON text of the document without the items that {@link push} has returned; incomplete if the
   * document did not arrive completely.
   */
  end(): string {
    return Buffer.concat(this.rest).toString('utf8');
  }

  private get inItem(): boolean {
    return this.inItems && this.depth > IN_ITEMS;
  }

  /** Detects the member name `"items"`, followed only by spaces and a colon. */
  private follow(byte: number): void {
    if (this.named === ITEMS.length) {
      if (byte === COLON) this.isItems = true;
      if (byte > 0x20 && byte !== OPEN_LIST) this.named = byte === COLON ? ITEMS.length : 0;
      if (byte > 0x20 && byte !== COLON && byte !== OPEN_LIST) this.isItems = false;
      return;
    }
    this.isItems = false;
    const expected = ITEMS[this.named];
    this.named = byte === expected ? this.named + 1 : byte === QUOTE ? 1 : 0;
  }
}

/** Returns true if the bytes between `from` and `until`, which include the quotes, are one of the names. */
function isOneOf(names: readonly Buffer[], piece: Uint8Array, from: number, until: number): boolean {
  return names.some((name) => {
    if (name.length !== until - from) return false;
    for (let at = 0; at < name.length; at += 1) if (name[at] !== piece[from + at]) return false;
    return true;
  });
}
