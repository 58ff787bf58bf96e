/** Removes secrets from sentences that others wrote: AWS's errors, the output of programs, stacks of errors. */
import { atFirstUse } from './cache';
import { TOKEN_KINDS } from './secret-kinds';

/** The text that takes the place of a secret. */
export const MASK = '***';

/** Names whose value always counts as a secret, whatever the value's form. */
const SURE = `pass(?:word|wd|phrase)|pwd|secret|private[_-]?key|signature|security[_-]?token|session[_-]?token|access[_-]?token|refresh[_-]?token|id[_-]?token|auth[_-]?token|api[_-]?key|credential`;
/** Names that also occur in plain sentences, such as "Invalid token: expired". */
const LIKELY = `token|access[_-]?key(?:[_-]?id)?|authorization|auth`;
const VALUE = String.raw`"[^"\n]{1,4000}"|'[^'\n]{1,4000}'|[^\s"'\x60,;&<>(){}[\]]{3,4000}`;
// Regular expressions that are made from texts are made at their first use, so that they do not delay the
// start of VS Code.
const namedValue = atFirstUse(
  () =>
    new RegExp(
      String.raw`((?:(${SURE})|${LIKELY})[\w-]{0,30}["'\x60\\]{0,2}\s{0,4}(=>|[=:])\s{0,4}\\?)(${VALUE})`,
      'gi',
    ),
);
const option = atFirstUse(
  () => new RegExp(String.raw`(--?[\w-]{0,30}(?:${SURE}|token)[\w-]{0,30}[ =])(${VALUE})`, 'gi'),
);
const said = atFirstUse(() => new RegExp(`((?:pass(?:word|phrase)|secret) (?:is|was) )(${VALUE})`, 'gi'));

/** Patterns of secrets; a match is replaced as a whole. */
const wholeSecrets = atFirstUse((): readonly RegExp[] => [
  /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY[\s\S]*?(?:-----END [A-Z0-9 ]{0,40}-----|$)/g,
  /secret_?access_?key["'`]?\s{0,8}[:=,]{1,2}\s{0,8}["'`]?[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])/gi,
  ...TOKEN_KINDS.map(({ form }) => new RegExp(`(?<![A-Za-z0-9_])(?:${form.source})`, 'g')),
  // A JSON web token, in a wider form than that of `TOKEN_KINDS`: parts may be shorter, and the signature may
  // be absent.
  /\beyJ[\w-]{8,4000}\.[\w-]{4,4000}(?:\.[\w-]{0,4000})?/g,
]);

/** Each expression captures a beginning, which stays in the text, and then matches a secret. */
const BEHIND: readonly RegExp[] = [
  /(\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/@:]{0,200}:)[^\s/@]{1,200}(?=@)/gi,
  /([?&](?:X-Amz-(?:Signature|Security-Token|Credential)|AWSAccessKeyId|Signature|sig|code)=)[^&\s"'<>]{1,4000}/gi,
  /(\b(?:Bearer|Basic)\s{1,4})[A-Za-z0-9._~+/=-]{8,4000}/g,
];

/**
 * An unbroken run of Base64 characters. A secret access key of AWS has 40 of them, a session token hundreds.
 */
const RUN = /(?<![A-Za-z0-9/+=])[A-Za-z0-9/+]{40,4000}={0,2}(?![A-Za-z0-9/+=])/g;

/**
 * A copy with `***` for each secret that is recognized by its form or by the name before it. The time is linear in the
 * text's length. A secret of no particular form stays; {@link withoutValues} removes secrets whose values are known.
 */
export function withoutSecrets(text: string): string {
  let left = text;
  for (const secret of wholeSecrets()) left = left.replaceAll(secret, MASK);
  for (const secret of BEHIND) left = left.replaceAll(secret, `$1${MASK}`);
  return left
    .replaceAll(option(), `$1${MASK}`)
    .replaceAll(said(), `$1${MASK}`)
    .replaceAll(
      namedValue(),
      (all: string, name: string, sure: string | undefined, sign: string, value: string) =>
        sure === undefined && sign === ':' && isWord(value) ? all : `${name}${MASK}`,
    )
    .replaceAll(RUN, (run) => (isKey(run) ? MASK : run));
}

/**
 * Values with fewer characters stay: they are not secrets, and replacing them would make a sentence unreadable.
 */
const SHORTEST = 4;

/** A copy with `***` for each of these values, the longest first, since a value may be part of another. */
export function withoutValues(text: string, values: readonly string[]): string {
  return values
    .filter(({ length }) => length >= SHORTEST)
    .toSorted((a, b) => b.length - a.length)
    .reduce((sentence, value) => sentence.replaceAll(value, MASK), text);
}

function isWord(value: string): boolean {
  return /^[A-Za-z]+[.!?]?$/.test(value) && value.length < 20;
}

/**
 * True if the run has the length of a secret access key or of a session token, and looks random: it contains
 * digits and letters of both cases, and no words. A path or a digest does not look random in this sense.
 */
function isKey(run: string): boolean {
  const isMixed = /[a-z]/.test(run) && /[A-Z]/.test(run) && /[0-9]/.test(run);
  return isMixed && (run.length === 40 || run.length >= 100) && !/[a-z]{8}/.test(run.slice(0, 40));
}
