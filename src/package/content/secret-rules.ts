/** Secrets that are recognized by the text around them, and the line that opens a private key. Every repetition is bounded. */

/** What a token or a key holds at least: so many letters, digits and `_/+-` in one run. */
export const SHORTEST_RUN = 20;

/** Told by its length, and by a name that stands shortly before it. */
export interface KeyRule {
  readonly pattern: string;
  /** Letters, digits, `+` and `/`; none of these, and neither `_` nor `-`, stands beside them. */
  readonly length: number;
  /** Matches the end of what stands before the key. */
  readonly named: RegExp;
  /** As `named`, for a key of letters alone, which may as well be a name: nothing else between. */
  readonly besides: RegExp;
  /** What stands behind the key. */
  readonly padding: string;
}

/** So many characters before a key may hold its name. */
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

/** A key in lines of letters: told by the line that opens it. */
export const KEY_BLOCK = {
  pattern: 'private-key',
  /** Always in the opening line. */
  word: 'PRIVATE KEY',
  /** From a position before the word. Code that only names the line has no long run behind it. */
  form: /-----BEGIN (?:[A-Z0-9]{2,12} ){0,2}PRIVATE KEY(?: BLOCK)?-----(?=[^<>{}$()]{0,200}?[A-Za-z0-9+/]{20})/g,
};
