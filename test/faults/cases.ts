/** The cases of the campaign: all, or a part of them that a seed draws. */
import { fraction } from '../cases';
import type { Flow } from './flows';
import { KINDS } from './kinds';
import type { Injection, Place } from './run';
import type { Outcome } from './settle';

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

/** Every kind of fault on every request of the flow, of which the seed draws. */
export function casesOf(flow: Flow, undisturbed: Outcome, choice: Choice): readonly Case[] {
  const places = placesOf(undisturbed);
  const first = places.findIndex(({ operation }) => operation === flow.from);
  return places.slice(Math.max(0, first)).flatMap((at) =>
    KINDS.filter((kind) => kind.play(at, 0) !== undefined).flatMap((kind) => {
      const of = `${flow.name}: ${kind.name}`;
      const where = `at ${at.operation} ${at.nth}`;
      const drawn = fraction(`${choice.seed} lasting? ${of} ${where}`) < 0.5;
      return (choice.both ? [false, true] : [drawn])
        .map((lasting): Case => {
          const name = `${of}${lasting ? ', lasting,' : ''} ${where}`;
          return { flow, injection: { kind, at, lasting }, name };
        })
        .filter(
          // Requests that are sent side by side come in any order: each case is drawn by its own name.
          ({ name }) => name.includes(choice.only) && fraction(`${choice.seed} ${name}`) < choice.share,
        );
    }),
  );
}

/** Of one operation, while the change is followed. How often a rollout is looked at until it is over is a matter of time. */
const MOST_OF_FOLLOWING = 3;

/** The requests in which the flow consists while nothing is wrong. */
function placesOf({ requests, command }: Outcome): readonly Place[] {
  const counter = () => {
    const seen = new Map<string, number>();
    return (name: string): number => {
      const nth = (seen.get(name) ?? 0) + 1;
      seen.set(name, nth);
      return nth;
    };
  };
  const [all, following] = [counter(), counter()];
  return requests.flatMap(({ seq, service = '', operation = '' }) => {
    const name = `${service} ${operation}`;
    const place = { service, operation, nth: all(name), nthOfService: all(service) };
    return seq <= command || following(name) <= MOST_OF_FOLLOWING ? [place] : [];
  });
}
