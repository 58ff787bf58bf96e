/**
 * Finds tokens by their beginning, at or shortly before a long run of characters; keys by the length of the
 * run and the text around it; key blocks by the line that opens them.
 */
import { TOKEN_KINDS, type TokenKind } from '../../model/secret-kinds';
import { placesOf, type Region } from './secret-places';
import { KEY_BLOCK, KEYS, NAME_BEFORE } from './secret-rules';

/** A secret at a position of the text. */
export interface Place {
  readonly position: number;
  readonly pattern: string;
}

interface Start {
  readonly word: Buffer;
  readonly kind: TokenKind;
}

const STARTS: readonly Start[] = TOKEN_KINDS.flatMap((kind) =>
  kind.starts.map((word) => ({ word: Buffer.from(word), kind })),
);
/**
 * The most characters that may lie between the beginning of a token and its long run, as in `SG.` or
 * `hooks.slack.com/`.
 */
const LONGEST_START = Math.max(...STARTS.map(({ word }) => word.length));
/** The starts of tokens by their first two characters, as {@link pairAt} combines them. */
const BY_PAIR = new Map<number, readonly Start[]>();
// 1 for each pair that begins a token, so that one look-up dismisses nearly every position. Every thread
// fills this table when it starts: only these pairs are set, since to test all 65,536 pairs would take 10 ms.
const IS_PAIR = new Uint8Array(0x10000);
for (const start of STARTS) {
  const pair = pairAt(start.word, 0);
  BY_PAIR.set(pair, [...(BY_PAIR.get(pair) ?? []), start]);
  IS_PAIR[pair] = 1;
}
const IN_WORD = Uint8Array.from({ length: 256 }, (_, byte) =>
  /[A-Za-z0-9_]/.test(String.fromCharCode(byte)) ? 1 : 0,
);

/** Enough for the characters of an opening line before `PRIVATE KEY`: `-----BEGIN ` and two words. */
const BLOCK_BEFORE = 40;
const BLOCK_AFTER = 260;

/** @param runs The long runs of the text. */
export function findTokens(bytes: Buffer, runs: readonly Region[]): readonly Place[] {
  if (runs.length === 0) return [];
  const places: Place[] = [];
  const text = new Text(bytes);
  let tried = 0;
  for (const run of runs) {
    const from = Math.max(tried, run.start - LONGEST_START);
    for (let at = from; at < run.end - 1; at++) {
      if (IS_PAIR[pairAt(bytes, at)] === 1 && (at === 0 || IN_WORD[bytes[at - 1] as number] !== 1)) {
        places.push(...tokensAt(bytes, at, text));
      }
    }
    tried = run.end;
    places.push(...keysIn(bytes, run));
  }
  return [...places, ...blocksIn(bytes)];
}

/** The whole text with one character for each byte, made when it is first asked for. */
class Text {
  private text: string | undefined;

  constructor(private readonly bytes: Buffer) {}

  get(): string {
    this.text ??= this.bytes.toString('latin1');
    return this.text;
  }
}

function tokensAt(bytes: Buffer, position: number, text: Text): readonly Place[] {
  return (BY_PAIR.get(pairAt(bytes, position)) ?? [])
    .filter(({ word }) => word.equals(bytes.subarray(position, position + word.length)))
    .flatMap(({ kind: { pattern, form } }) => {
      form.lastIndex = position;
      const token = form.exec(text.get())?.[0];
      return token === undefined || isPublic(token) ? [] : [{ position, pattern }];
    });
}

function keysIn(bytes: Buffer, { start, end }: Region): readonly Place[] {
  return KEYS.flatMap(({ pattern, length, named, besides, padding }) => {
    if (end - start !== length) return [];
    const key = bytes.toString('latin1', start, end);
    const behind = bytes.toString('latin1', end, end + padding.length + 1);
    const fits =
      isMixed(key) && !isPublic(key) && behind.startsWith(padding) && !behind.startsWith(`${padding}=`);
    if (!fits) return [];
    const before = bytes.toString('latin1', Math.max(0, start - NAME_BEFORE), start);
    const form = /[0-9+/]/.test(key) ? named : besides;
    return form.test(before) ? [{ position: start, pattern }] : [];
  });
}

/**
 * Returns true if the key has both small and capital letters, as practically every random key has, and
 * neither `_` nor `-`. Most hashes, paths and constants have only small or only capital letters.
 */
function isMixed(key: string): boolean {
  return !/[_-]/.test(key) && /[a-z]/.test(key) && /[A-Z]/.test(key);
}

function blocksIn(bytes: Buffer): readonly Place[] {
  return placesOf(Buffer.from(KEY_BLOCK.word), bytes).flatMap((place) => {
    const start = Math.max(0, place - BLOCK_BEFORE);
    const text = bytes.toString('latin1', start, place + BLOCK_AFTER);
    const end = place - start;
    return [...text.matchAll(KEY_BLOCK.form)]
      .filter(({ index, 0: line }) => index < end && index + line.length > end)
      .map(({ index }) => ({ position: start + index, pattern: KEY_BLOCK.pattern }));
  });
}

/**
 * True for the example keys of AWS's documentation, which contain EXAMPLE, and for the key that every Azure emulator
 * has.
 */
function isPublic(token: string): boolean {
  return (
    token.includes('EXAMPLE') ||
    token.startsWith('Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq')
  );
}

function pairAt(bytes: Buffer, at: number): number {
  return ((bytes[at] as number) << 8) | (bytes[at + 1] as number);
}
