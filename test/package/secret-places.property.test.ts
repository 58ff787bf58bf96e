/** The fast look through a text finds what a plain one finds, which asks at every byte. */
import { array, assert, constantFrom, integer, nat, oneof, property, string, tuple } from 'fast-check';
import { expect, test } from 'vitest';
import { loginsIn, lookThrough, type Places } from '../../src/package/content/secret-places';
import { CASES, qText } from './fixture';

/** What is said of each list, in one expression for each. */
function plain(text: string): Places & { readonly logins: readonly number[] } {
  const all = (form: RegExp): readonly RegExpExecArray[] => [...text.matchAll(form)];
  return {
    runs: all(/[A-Za-z0-9_/+-]{20,}/g).map(({ index, 0: run }) => ({
      start: index,
      end: index + run.length,
    })),
    ports: all(/:(?=[0-9]{4,5}:)/g).map(({ index }) => index),
    logins: all(/(?<=\/\/[^\s"'`<>()@]{0,299})@/g).map(({ index }) => index),
    parameters: all(/w(?:or)?d=/gi).map(({ index }) => index),
  };
}

/** At both alignments, and with bytes around it that are none of its own. */
function expectSame(text: Buffer): void {
  const expected = plain(text.toString('latin1'));
  for (const before of ['', ':', '::']) {
    const memory = Buffer.from(new ArrayBuffer(text.length + 8));
    memory.fill('5010:');
    memory.write(before);
    text.copy(memory, before.length);
    const bytes = memory.subarray(before.length, before.length + text.length);
    expect({ ...lookThrough(bytes), logins: loginsIn(bytes) }, text.toString('latin1')).toEqual(expected);
  }
}

const characters = (alphabet: string, maxLength: number) =>
  string({ unit: constantFrom(...alphabet), minLength: 1, maxLength });
const piece = oneof(
  characters('abcXYZ019_/+-', 60),
  characters('0123456789', 12),
  characters(':=@/ 12d', 12),
  characters(' \n\t;,.()[]{}"\'`<>&?', 3),
  integer({ min: 100, max: 999_999 }).map((port) => `:${port}:`),
  constantFrom('word=', 'wd=', 'PassWord=', 'PWD=', 'd=', '://', '//', '@', 'svc:pw@', ':5010:5011:', '=='),
  constantFrom('é', '𝄞', 'ñandú', '\u0000', '\r\n'),
);
const texts = array(piece, { maxLength: 60 }).map((pieces) => pieces.join(''));

test('of any text', () => {
  assert(
    property(texts, (text) => expectSame(Buffer.from(text))),
    CASES,
  );
});

test('of a run, a port, a login or a parameter anywhere between any others', () => {
  const found = oneof(
    tuple(constantFrom('', ':', ' ', '=', '1'), integer({ min: 17, max: 34 })).map(
      ([before, length]) => before + '2024aB_/+-'.repeat(4).slice(0, length),
    ),
    constantFrom(':5010:', ':65535:', ':501:', ':650000:', '//u:p@', 'word=', 'wd='),
  );
  const between = characters(' ;x', 11);
  assert(
    property(array(tuple(found, between), { maxLength: 8 }), nat(25), (parts, length) =>
      expectSame(Buffer.from(' '.repeat(length) + parts.flat().join(''))),
    ),
    CASES,
  );
});

test('of a login whose URL is about as long as is looked at', () => {
  for (let length = 290; length < 310; length++) {
    expectSame(Buffer.from(`http://${'u'.repeat(length)}@host //a//${'v'.repeat(length - 3)}@host`));
  }
});

const DENSE = qText(20_000).replaceAll(' ', '');
test.each([
  ['q as it is written', qText(20_000)],
  ['q without spaces, in one line', DENSE.replaceAll('\n', ';')],
  ['base64 in one line', Buffer.from(DENSE).toString('base64')],
  ['base64 in lines', Buffer.from(DENSE).toString('base64').replaceAll(/.{76}/g, '$&\n')],
  ['minified code', DENSE.replaceAll('\n', '').replaceAll(':', '=').replaceAll(';', '&&')],
  ['times in a table', Array.from({ length: 900 }, (_, row) => `09:${row}:30:${row * 31}:x`).join('\n')],
  ['nothing', ''],
])('of %s', (_, text) => {
  expectSame(Buffer.from(text));
});
