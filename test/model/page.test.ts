/** A list that has no end is refused, with the number of pages that were read of it. */
import { expect, test } from 'vitest';
import { failureOf } from '../../src/model/failure';
import { MOST_PAGES, PageTrail } from '../../src/model/page';

/** Follows the tokens until one is refused. */
function refusalOf(trail: PageTrail, tokens: Iterable<string>): unknown {
  try {
    for (const token of tokens) trail.follow(token);
  } catch (thrown) {
    return failureOf(thrown);
  }
  return undefined;
}

test.each([
  ['its beginning', undefined],
  ['a later page', 'start'],
])('a list that is read from %s on counts the pages that were read', (_, start) => {
  const refused = { kind: 'refused', code: 'list-endless' };
  expect(refusalOf(new PageTrail(start), ['a', 'b', 'a'])).toEqual({
    ...refused,
    facts: { why: 'repeated', pages: 3 },
  });
  const tokens = Array.from({ length: MOST_PAGES }, (_token, index) => `${index}`);
  expect(refusalOf(new PageTrail(start), tokens.slice(1))).toBeUndefined();
  expect(refusalOf(new PageTrail(start), tokens)).toEqual({
    ...refused,
    facts: { why: 'too-many', pages: MOST_PAGES },
  });
});

test('a list that leads back to the page from which it is read is refused', () => {
  expect(refusalOf(new PageTrail('start'), ['start'])).toMatchObject({
    facts: { why: 'repeated', pages: 1 },
  });
});
