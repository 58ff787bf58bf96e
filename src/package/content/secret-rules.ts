/**
 * Rules for keys that are recognized by the text around them, and for the line that opens a private key. Every
 * repetition in an expression is bounded.
 */

/** A token or a key has at least one run of this many letters, digits and `_/+-`. */
export const SHORTEST_RUN = 20;

/** A key that is recognized by its length and by a name shortly before it. */
export interface KeyRule {
  readonly pattern: string;
  /**
   * The key's length: the number of its letters, digits, `+` and `/`. The characters next to the key are none
   * of these, nor `_` or `-`.
   */
  readonly length: number;
  /** Matches a text that ends right before the key and contains the key's name. */
  readonly named: RegExp;
  /**
   * Used in place of `named` for a key of only letters, which could itself be a name: the key's name must stand
   * right before the key.
   */
  readonly besides: RegExp;
  /** The text that follows the key. */
  readonly padding: string;
}

/** Number of characters before a key that are searched for its name. */
export const NAME_BEFORE = 160;

export const KEYS: readonly KeyRule[] = [
  {
    pattern: 'aws-secret-key',
    length: 40,
    named:
      /(?:secret[ _.-]?(?:access[ _.-]?)?key|(?:aws|s3)[^a-z0-9]{0,3}secret|\b(?:AKIA|ASIA)[A-Z2-7]{16})(?![A-Za-z0-9])[^\0]{0,100}$|\bsecret[a-z_.-]{0,20}[^a-z0-9\n][^\n]{0,40}$/i,
    besides: /secret[ _.-]?(?:access[ _.-]?)?key[^A-Za-z0-9+/]{1,12}$/i,
    padding: '',
  },
  {
    pattern: 'azure-account-key',
    length: 86,
    named: /(?:account|storage|cosmos|azure)[^\n]{0,60}$/i,
    besides: /AccountKey=$/,
    padding: '==',
  },
  {
    pattern: 'azure-access-key',
    length: 43,
    named: /(?:SharedAccess|Primary|Secondary|Policy)Key(?:Value)?["']?\s{0,4}[=:,]\s{0,4}["']?$/i,
    besides: /SharedAccessKey=$/,
    padding: '=',
  },
];

/** A private key as a block of text, recognized by its opening line. */
export const KEY_BLOCK = {
  pattern: 'private-key',
  /** Every opening line contains this text. */
  word: 'PRIVATE KEY',
  /**
   * Matches an opening line that is followed by a long run: code that only mentions the line has no such run
   * after it. The search has to begin before `word`.
   */
  form: /-----BEGIN (?:[A-Z0-9]{2,12} ){0,2}PRIVATE KEY(?: BLOCK)?-----(?=[^<>{}$()]{0,200}?[A-Za-z0-9+/]{20})/g,
};
