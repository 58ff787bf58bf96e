/** The questions about deployments to several places without targets; each is asked once for all places. */

import { KEEP_ALL } from '../../../deploy/configuration';
import type { PlanInput } from '../../../deploy/plan/input';
import { present } from '../../../model/present';
import { wordsOf } from '../../../view/messages/target-kinds';
import { wizard } from '../../../view/wizard/wizard';
import { answered, derived, into, namedQuestion, type WizardStep } from '../../../view/wizard/wizard-steps';
import type { PickedKind, PickedPlace } from '../../pick/place';
import type { DeployDeps } from '../deploy';
import type { UsualAnswers, WithUsual } from '../deploy-answers';
import { inputOf } from '../plan';
import { sourceSteps } from '../source-steps';
import { foldersHere, lastAnswers } from '../usual-answers';
import { rankIn } from './chosen';
import type { LastRow } from './last-batch';
import type { ListedTarget } from './order';

export interface OfPlaces {
  readonly ofPlaces: readonly ListedTarget[];
}

/** The largest number of questions that {@link placesSteps} may ask. */
export function placesAhead(deps: DeployDeps): number {
  return sourceSteps(deps, { asksPrefix: false }).ahead({}) + strategyStep.ahead({});
}

/**
 * @param places all of one kind and one connection
 * @param last the last batch, whose order is proposed
 */
export function placesSteps(
  places: readonly PickedPlace[],
  last: readonly LastRow[],
  deps: DeployDeps,
): WizardStep<object, OfPlaces> {
  const [first] = places;
  if (first === undefined) return answered({ ofPlaces: [] });
  const { connection, kind } = first;
  const operations = deps.ledger.operations();
  const answersOf = new Map(places.map((place) => [place, lastAnswers(operations, place, foldersHere())]));
  return wizard()
    .and(answered({ connection, kind }))
    .and(sourceSteps(deps, { last: () => sameOfAll([...answersOf.values()]), asksPrefix: false }))
    .and(strategyStep)
    .and(
      derived((answers) => ({
        ofPlaces: places.map((place): ListedTarget => {
          const { path, label } = place;
          const strategy = answers.strategy ?? answersOf.get(place)?.strategy ?? 'automatic';
          return {
            key: path.join('/'),
            rank: rankIn(last, { kind: 'thing', connection, thing: place }),
            label,
            inputOf: () => inputOf(answers, place, { strategy, ...KEEP_ALL }, deps.cacheFolder),
          };
        }),
      })),
    );
}

/** Code, bucket and prefix of the last deployments, if they are the same for all places; else undefined. */
function sameOfAll(all: readonly (UsualAnswers | undefined)[]): UsualAnswers | undefined {
  const [first] = all;
  const written = (answers: UsualAnswers | undefined): string | undefined =>
    answers && JSON.stringify([answers.source, answers.bucket, answers.prefix]);
  if (first === undefined || !all.every((one) => written(one) === written(first))) return undefined;
  const { source, bucket, prefix } = first;
  return {
    isLast: true,
    ...present({ source, bucket, prefix }),
  };
}

interface StrategyAnswer {
  /** Undefined: each place gets the strategy of its last deployment. */
  readonly strategy: PlanInput['strategy'] | undefined;
}

/**
 * Offers no strategy that keeps script and arguments, since such a strategy does not suit every type of
 * cluster; `automatic` may still choose one.
 */
const strategyStep: WizardStep<PickedKind & WithUsual, StrategyAnswer> = namedQuestion<
  PickedKind & WithUsual,
  StrategyAnswer
>(
  'strategy',
  async ({ kind }, { prompts, heading }) => {
    const words = wordsOf(kind.id);
    return into(
      await prompts.pick<PlanInput['strategy']>(heading, {
        placeholder: words.strategyQuestion(),
        choices: [
          { value: 'automatic', icon: 'wand', ...words.automatic() },
          ...kind.strategies
            .filter(({ keepsRest }) => !keepsRest)
            .map(({ id }) => ({ value: id, label: id, ...words.strategy(id) })),
        ],
      }),
      (strategy) => ({ strategy }),
    );
  },
  {
    known: ({ usual }) => (usual?.isLast ? { strategy: undefined } : undefined),
    stands: () => true,
  },
);
