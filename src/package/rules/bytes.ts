/**
 * Text as git sees it: one character for each byte of its UTF-8. git's `?` is one byte, so that `?.q` is not `é.q`, and
 * an ignore file need not be UTF-8 at all to name a file.
 */

const ASCII = /^[\0-\x7f]*$/;

export function bytesOf(text: string): string {
  return ASCII.test(text) ? text : Buffer.from(text, 'utf8').toString('latin1');
}

/** The reverse, for what a user is shown. */
export function textOf(bytes: string): string {
  return ASCII.test(bytes) ? bytes : Buffer.from(bytes, 'latin1').toString('utf8');
}

/** As C's `tolower` in git: letters of ASCII alone. */
export function lowerCase(bytes: string): string {
  return bytes.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
