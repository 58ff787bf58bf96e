/** Checks are declared once; what does not fit the declaration does not compile. */
import { expect, expectTypeOf, test } from 'vitest';
import { declareCheck, verdictsWith } from '../../src/plan/check';
import { type Sentences, say } from '../../src/view/messages/sentences';

const { pass, warn, block, unknown } = verdictsWith<'wait' | 'leave-out'>();

const SIZE = declareCheck('size', {
  'size.usual': pass<{ readonly bytes: number }>(),
  'size.large': warn<{ readonly bytes: number; readonly most: number }>('leave-out'),
  'size.none': block('wait'),
  'size.unknown': unknown<{ readonly why?: string }>(),
});

function sizeCheck(bytes: number | undefined) {
  if (bytes === undefined) return SIZE.found('size.unknown');
  return bytes > 9 ? SIZE.found('size.large', { bytes, most: 9 }) : SIZE.found('size.usual', { bytes });
}

type Found = ReturnType<typeof sizeCheck>;

const SENTENCES: Sentences<Found> = {
  'size.usual': ({ bytes }) => `${bytes} bytes`,
  'size.large': ({ bytes, most }) => `${bytes} bytes, and ${most} are usual`,
  'size.unknown': ({ why }) => why ?? 'not known',
};

test('a finding has what was declared for its code', () => {
  expect(sizeCheck(12)).toEqual({
    id: 'size',
    code: 'size.large',
    verdict: 'warn',
    remedy: 'leave-out',
    facts: { bytes: 12, most: 9 },
  });
  expect(sizeCheck(3)).toEqual({ id: 'size', code: 'size.usual', verdict: 'pass', facts: { bytes: 3 } });
  expect(sizeCheck(undefined)).toMatchObject({ verdict: 'unknown', facts: {} });
});

test('a finding has the sentence of its code', () => {
  expect([12, 3, undefined].map((bytes) => say(SENTENCES, sizeCheck(bytes)))).toEqual([
    '12 bytes, and 9 are usual',
    '3 bytes',
    'not known',
  ]);
});

test('what is found is what some branch finds, with the facts of each code', () => {
  expectTypeOf<Found['code']>().toEqualTypeOf<'size.usual' | 'size.large' | 'size.unknown'>();
  expectTypeOf<Extract<Found, { code: 'size.usual' }>['facts']>().toEqualTypeOf<{ readonly bytes: number }>();
  expectTypeOf<Found['remedy']>().toEqualTypeOf<'wait' | 'leave-out' | undefined>();
});

/** Never called: each line is an error of the compiler, and the type check fails where one is not. */
function refused(isLarge: boolean): unknown {
  return [
    // @ts-expect-error a code that is not declared
    SIZE.found('size.other'),
    // @ts-expect-error facts are missing
    SIZE.found('size.usual'),
    // @ts-expect-error facts of another type
    SIZE.found('size.usual', { bytes: '12' }),
    // @ts-expect-error a code that has no facts
    SIZE.found('size.none', { bytes: 1 }),
    // @ts-expect-error whichever of the two it is, its facts have to be whole
    SIZE.found(isLarge ? 'size.large' : 'size.usual', { bytes: 1 }),
    // @ts-expect-error a remedy that nobody knows
    block('go-home'),
    // @ts-expect-error a block without anything that helps
    block(),
    // @ts-expect-error a code without a sentence
    { 'size.usual': () => '', 'size.large': () => '' } satisfies Sentences<Found>,
    // @ts-expect-error a sentence for a code that is declared and never found
    { ...SENTENCES, 'size.none': () => '' } satisfies Sentences<Found>,
    // @ts-expect-error a sentence made from facts that the code does not have
    { ...SENTENCES, 'size.usual': ({ most }) => `${most}` } satisfies Sentences<Found>,
  ];
}

test('what does not fit the declaration does not compile', () => {
  expectTypeOf(refused).toBeFunction();
});
