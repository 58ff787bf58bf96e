/** References to characters in the XML that S3 accepts. */
import { expect, test } from 'vitest';
import { parseXml } from '../../src/sandbox/s3/xml';

test.each([
  ['&#x10FFFF;', '\u{10ffff}'],
  ['&#128512;&amp;', '😀&'],
])('%s is a character', (reference, character) => {
  expect(parseXml(`<a>${reference}</a>`)?.text).toBe(character);
});

test.each(['&#x110000;', '&#1114112;', '&#xd800;', `&#${'9'.repeat(400)};`])('%s is none', (reference) => {
  expect(parseXml(`<a>${reference}</a>`)).toBeUndefined();
});
