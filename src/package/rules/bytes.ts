/**
 * Converts text to the form in which git compares rules with paths, and back: one character for each byte,
 * usually of UTF-8. As in git, `?` matches one byte, so `?.q` does not match `é.q`. An ignore file need not
 * be valid UTF-8, since the bytes of its rules are compared.
 */

const ASCII = /^[\0-\x7f]*$/;

export function bytesOf(text: string): string {
  return ASCII.test(text) ? text : Buffer.from(text, 'utf8').toString('latin1');
}

/** Decodes text in git's form; bytes that are not valid UTF-8 become U+FFFD. */
export function textOf(bytes: string): string {
  return ASCII.test(bytes) ? bytes : Buffer.from(bytes, 'latin1').toString('utf8');
}

/** Changes the ASCII letters to lower case, and leaves all other bytes as they are, as git does to ignore case. */
export function lowerCase(bytes: string): string {
  return bytes.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
