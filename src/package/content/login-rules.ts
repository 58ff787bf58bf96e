/**
 * The rules that find passwords. A password has no recognizable form, so the rules look at the text around
 * it. Every repetition in an expression is bounded; a test checks this.
 */
import { loginsIn, type Places, placesOf } from './secret-places';
import type { Place } from './token-places';

interface LoginRule {
  readonly pattern: string;
  /** The positions in a file around which the rule looks for passwords. */
  readonly places: (found: Places, bytes: Buffer) => readonly number[];
  /** Number of characters that are examined before each position; `after`: from the position on. */
  readonly before: number;
  readonly after: number;
  /** Expressions that `find` uses: a test checks that every repetition in them is bounded. */
  readonly forms: readonly RegExp[];
  /** The passwords in the text around a position. */
  readonly find: (around: Around) => readonly Password[];
  /**
   * True if the password is not reported: it is a placeholder, as in documentation, or equals the user's name.
   */
  readonly isMadeUp: (password: Password) => boolean;
}

/** The text around a position. */
interface Around {
  readonly text: string;
  /** Index of the position in this text. */
  readonly at: number;
}

interface Password {
  readonly user: string;
  readonly password: string;
  /**
   * Index, in {@link Around.text}, of the place that is reported for the password. This place may lie before the
   * password: for a URL with a password, it is the beginning of the URL.
   */
  readonly at: number;
}

const wordIn = (word: string) => {
  const wanted = Buffer.from(word);
  return (_: Places, bytes: Buffer): readonly number[] => placesOf(wanted, bytes);
};

/**
 * A handle with user and password, as a symbol or a string: `:host:port:user:password`, where the host is optional.
 * @see https://code.kx.com/q/ref/hopen/
 */
const HANDLE_HEAD =
  /(?:^|[`"'\s,=|(])(?::(?:(?:tcps|unix):\/\/)?[\w.-]{0,253}|(?<=[`"'])(?:[A-Za-z0-9][\w.-]{0,252})?)$/;
const HANDLE_TAIL =
  /^:[1-9][0-9]{3,4}:(?=[0-9]{0,63}[^0-9:])([^\s:;"'`,()[\]{}<>/]{1,64}):([^\s"'`;,()[\]{}<>]{3,128})/;

const URL_HEAD = /\b[A-Za-z][A-Za-z0-9+.-]{1,30}:\/\/([^\s:@/"'`<>()]{0,128}):([^\s@/"'`<>()]{4,256})$/;

/** A password as a parameter of a URL, of JDBC or of ODBC. */
const PARAMETER = /^[A-Za-z]{2,4}=["'{]?([^\s&;"'`<>(){}\\,]{3,128})/;
const PARAMETER_HEAD =
  /(?:jdbc:|:\/\/|(?:server|data source|driver|dsn|host|uid|user id|user|username) {0,2}=)[^\n"'`]{0,300}[?;&:] ?(?:p|pass)$/i;
const ORACLE = /^jdbc:oracle:[a-z0-9]{2,10}:([^\s/"'`:@]{1,64})\/([^\s@"'`/]{3,64})@/;

/** User and password as arguments after a JDBC URL. */
const ARGUMENTS =
  /^jdbc:[^"'\n]{1,300}["']\s{0,8},\s{0,8}["']([^"'\n]{1,64})["']\s{0,8},\s{0,8}["']([^"'\n]{3,128})["']/;

/** A licence of kdb+ as text: https://code.kx.com/kdb-x/get_started/kdb-x-install.html */
const LICENCE = /^LICENSE_B64[^A-Za-z0-9+/\n]{1,12}(?:setenv\s{0,4}["'])?([A-Za-z0-9+/]{40,128})/;

/**
 * Passwords in the definition of `.z.pw`, which compares them with the client's:
 * https://code.kx.com/q/ref/dotz/#zpw-validate-user
 */
const CHECK_HEAD = /^z\.pw\s{0,8}(?::{1,2}|set)\s{0,8}/;
const CHECK_END = /\n(?=[^\s}/])/;
const LITERAL = '"((?:[^"\\\\\\n]|\\\\.){1,128})"';
const COMPARED = new RegExp(
  String.raw`(?:[~=!]|\b(?:in|like|match)\b)[\s([;]{0,4}(?:(?:\x60[\w.]{0,40}|"[^"\n]{0,80}"|enlist|md5|-33!)[\s;(]{0,3}){0,4}?${LITERAL}|(?<=[\s(;[\]{}])${LITERAL}[\s)]{0,3}[~=]`,
  'g',
);

/** A dictionary of passwords by user, defined at the beginning of a line. */
const DEFINED = new RegExp(
  String.raw`^([A-Za-z.][\w.]{0,60})\s{0,4}:\s{0,4}\(?(?:enlist)?\s{0,4}[\x60\w.]{2,600}\)?\s{0,4}!\s{0,4}(?:enlist)?\s{0,4}\(?\s{0,4}${LITERAL}`,
  'gm',
);

/** Texts that documentation and programs write in place of a password. */
const MADE_UP =
  /^(?:(?:your|my|the|some|db|user|a)?[-_ ]?(?:pass(?:word|wd|phrase|w)?|pwd?|pw|secret|token|key|credentials?)|change_?me|example|foo|bar|baz|test|x{3,64}|null|none|undefined|true|false)$/i;
const MADE_UP_USER = /^(?:(?:your|my|the)?[-_ ]?user(?:[-_]?(?:name|id))?|usr|u|)$/i;
/** A placeholder: `${PASSWORD}`, `$PASSWORD`, `<password>`, `{}`, `%s`, `[password]`, `***`. */
const TEMPLATE = /\$\{|^\$[A-Za-z_(]|[<>{}[\]*]|%[sdvq({]|%\w{1,30}%|\.\.\.|^[:@#]|\\[nrtu"]/;

const isWord = ({ user, password }: Password): boolean => MADE_UP.test(password) || isSame(user, password);
/**
 * Ordinary words in a q handle are usually the real user and password: a word such as `test` counts as a
 * placeholder only if the user's name is a placeholder, too.
 */
const areWords = ({ user, password }: Password): boolean =>
  (MADE_UP.test(password) && MADE_UP_USER.test(user)) || isSame(user, password);
const never = (): boolean => false;

/**
 * True if the password equals the user's name, apart from upper and lower case. Such a password is not
 * reported, since it is easily guessed.
 */
function isSame(user: string, password: string): boolean {
  return user.toLowerCase() === password.toLowerCase();
}

export const LOGINS: readonly LoginRule[] = [
  {
    pattern: 'q-handle-password',
    places: ({ ports }) => ports,
    before: 300,
    after: 220,
    forms: [HANDLE_HEAD, HANDLE_TAIL],
    isMadeUp: areWords,
    find: ({ text, at }) => {
      const match = HANDLE_TAIL.exec(text.slice(at));
      if (match === null || !HANDLE_HEAD.test(text.slice(0, at))) return [];
      const [, user = '', password = ''] = match;
      return [{ user, password, at }];
    },
  },
  {
    pattern: 'url-password',
    places: (_, bytes) => loginsIn(bytes),
    before: 420,
    after: 0,
    forms: [URL_HEAD],
    isMadeUp: isWord,
    find: ({ text, at }) => {
      const match = URL_HEAD.exec(text.slice(0, at));
      if (match === null) return [];
      const [, user = '', password = ''] = match;
      return [{ user, password, at: match.index }];
    },
  },
  {
    pattern: 'connection-password',
    places: ({ parameters }) => parameters,
    before: 400,
    after: 140,
    forms: [PARAMETER, PARAMETER_HEAD],
    isMadeUp: isWord,
    find: ({ text, at }) => {
      const password = PARAMETER.exec(text.slice(at))?.[1];
      if (password === undefined) return [];
      const head = text.slice(text.lastIndexOf('\n', at) + 1, at);
      return PARAMETER_HEAD.test(head) ? [{ user: '', password, at }] : [];
    },
  },
  {
    pattern: 'connection-password',
    places: wordIn('jdbc:'),
    before: 0,
    after: 500,
    forms: [ORACLE, ARGUMENTS],
    isMadeUp: isWord,
    find: ({ text }) => {
      const match = ORACLE.exec(text) ?? ARGUMENTS.exec(text);
      if (match === null) return [];
      const [, user = '', password = ''] = match;
      return [{ user, password, at: 0 }];
    },
  },
  {
    pattern: 'q-password-check',
    // No real file defines `.z.pw` more than once or twice. The limit bounds the time for a file that contains `z.pw`
    // very often.
    places: (found, bytes) => wordIn('z.pw')(found, bytes).slice(0, 100),
    before: 2000,
    after: 1000,
    forms: [CHECK_HEAD, CHECK_END, COMPARED, DEFINED],
    isMadeUp: never,
    find: ({ text, at }) => {
      const head = CHECK_HEAD.exec(text.slice(at));
      if (head === null) return [];
      const start = at + head[0].length;
      const body = text.slice(start).slice(0, CHECK_END.exec(text.slice(start))?.index);
      const names = new Set(body.match(/[A-Za-z.][\w.]{0,60}/g));
      const defined = [...text.matchAll(DEFINED)].filter(([, name = '']) => names.has(name));
      return [
        ...defined.map((match) => ({ user: '', password: match[2] ?? '', at: match.index })),
        ...[...body.matchAll(COMPARED)].map((match) => ({
          user: '',
          password: match[1] ?? match[2] ?? '',
          at: start + match.index,
        })),
      ];
    },
  },
  {
    pattern: 'kdb-licence',
    // Every licence contains a long run of letters and digits. Only the few texts with such a run are searched for
    // the word.
    places: (found, bytes) => (found.runs.length === 0 ? [] : wordIn('LICENSE_B64')(found, bytes)),
    before: 0,
    after: 180,
    forms: [LICENCE],
    isMadeUp: never,
    find: ({ text }) => {
      const licence = LICENCE.exec(text)?.[1];
      return licence === undefined ? [] : [{ user: '', password: licence, at: 0 }];
    },
  },
];

/** The places of all passwords in the text, rule by rule. Placeholders are left out. */
export function findLogins(bytes: Buffer, found: Places): readonly Place[] {
  return LOGINS.flatMap(({ pattern, places, before, after, find, isMadeUp }) =>
    places(found, bytes).flatMap((place) => {
      const start = Math.max(0, place - before);
      const text = bytes.toString('latin1', start, Math.min(bytes.length, place + after));
      return find({ text, at: place - start })
        .filter((login) => !TEMPLATE.test(login.password) && !isMadeUp(login))
        .map(({ at }) => ({ position: start + at, pattern }));
    }),
  );
}
