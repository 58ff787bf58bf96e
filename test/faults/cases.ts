/** The cases of the campaign: all, or a part of them that a seed draws. */
import type { LoggedRequest } from '../../src/sandbox/request-log';
import type { Flow } from './flows';
import { KINDS } from './kinds';
import type { Injection, Place } from './run';

export interface Case {
  readonly flow: Flow;
  readonly injection: Injection;
  readonly name: string;
}

export interface Choice {
  readonly seed: number;
  /** Of all cases, 0 to 1. */
  readonly share: number;
  /** Each case both once and lasting; else one of them, as the seed says. */
  readonly both: boolean;
  /** Part of the names of those that are wanted. */
  readonly only: string;
}

/** Every kind of fault on every request of the flow. */
export function casesOf(flow: Flow, requests: readonly LoggedRequest[], choice: Choice): readonly Case[] {
  const random = generator(choice.seed);
  const places = placesOf(requests);
  const first = places.findIndex(({ operation }) => operation === flow.from);
  const all = places.slice(Math.max(0, first)).flatMap((at) =>
    KINDS.filter((kind) => kind.play(at, 0) !== undefined).flatMap((kind) => {
      const drawn = random() < 0.5;
      return (choice.both ? [false, true] : [drawn]).map((lasting): Case => {
        const name = `${flow.name}: ${kind.name}${lasting ? ', lasting,' : ''} at ${at.operation} ${at.nth}`;
        return { flow, injection: { kind, at, lasting }, name };
      });
    }),
  );
  const wanted = all.filter(({ name }) => name.includes(choice.only));
  const shuffled = wanted.map((one) => ({ one, rank: random() })).sort((a, b) => a.rank - b.rank);
  return shuffled.slice(0, Math.ceil(wanted.length * choice.share)).map(({ one }) => one);
}

/** The requests in which the flow consists while nothing is wrong. */
function placesOf(requests: readonly LoggedRequest[]): readonly Place[] {
  const seen = new Map<string, number>();
  const count = (name: string): number => {
    const nth = (seen.get(name) ?? 0) + 1;
    seen.set(name, nth);
    return nth;
  };
  return requests.map(({ service = '', operation = '' }) => ({
    service,
    operation,
    nth: count(`${service} ${operation}`),
    nthOfService: count(service),
  }));
}

/** Mulberry32: numbers from 0 to 1 that follow from the seed. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
