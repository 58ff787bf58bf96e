/**
 * Text in git's form: one character for each byte, usually of UTF-8. As in git, `?` matches one byte, so
 * `?.q` does not match `é.q`. A rule in an ignore file that is not UTF-8 can still name a file.
 */

const ASCII = /^[\0-\x7f]*$/;

export function bytesOf(text: string): string {
  return ASCII.test(text) ? text : Buffer.from(text, 'utf8').toString('latin1');
}

/** Decodes text in git's form, for display. */
export function textOf(bytes: string): string {
  return ASCII.test(bytes) ? bytes : Buffer.from(bytes, 'latin1').toString('utf8');
}

/** Lower case in the way of C's `tolower` in git: only ASCII letters change. */
export function lowerCase(bytes: string): string {
  return bytes.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
