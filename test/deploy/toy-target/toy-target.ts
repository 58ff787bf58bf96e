/** One shelf as something that code is deployed to. Its service has a conditional put, so a stale plan is never sent. */

import { contradicts } from '../../../src/deploy/configuration';
import type {
  DeployTarget,
  FurtherUpdate,
  TargetReading,
  TargetState,
} from '../../../src/deploy/port/deploy-target';
import type { FollowedUpdate } from '../../../src/deploy/port/followed-update';
import { configurationJson, numberIn } from '../../../src/deploy/reading-json';
import { refuse } from '../../../src/deploy/refusal';
import { failureOf } from '../../../src/model/failure';
import { progressFacts } from '../../../src/model/progress';
import { randomName } from '../../../src/operations/ids';
import type { Observation } from '../../../src/operations/operation';
import type { Shelf, Shelves } from './shelves';
import { putInput, toyKind } from './toy-kind';

export function toyTarget(shelves: Shelves, path: readonly string[]): DeployTarget {
  return {
    kind: toyKind,
    path,
    read: async () => readingOf(shelves, path),
    look: async () => stateOf(shelves, path, shelves.look(path)),
    poll: async (update) => judge(update, shelves.look(path)),
  };
}

function stateOf(shelves: Shelves, path: readonly string[], shelf: Shelf): TargetState {
  const { configuration, revision, made, arrivesIn, isLocked } = shelf;
  const phase = isLocked ? 'failed' : arrivesIn > 0 ? 'busy' : 'ready';
  return {
    configuration,
    restsOn: { made },
    ...(phase !== 'ready' && { notReady: { code: 'shelf-not-ready', facts: { status: phase, phase } } }),
    facts: { revision },
    prepare: (next, strategy) => {
      const token = randomName();
      const input = putInput(next, strategy, token);
      return {
        request: { service: 'shelves', operation: 'Put', input, token },
        send: async () => {
          shelves.put(path, next, revision, token);
          return { facts: { put: token } };
        },
        ...(strategy === 'EMPTY' && { further: () => sweepings(shelves, path) }),
      };
    },
  };
}

/** EMPTY puts, and then sweeps what was there off the shelf, book by book. */
async function* sweepings(shelves: Shelves, path: readonly string[]): AsyncIterable<FurtherUpdate> {
  for (let at = 1; at <= shelves.dusty; at += 1) {
    const book = [...path, at].join('/');
    yield {
      request: { service: 'shelves', operation: 'Sweep', input: { book } },
      send: async () => {
        await shelves.sweep(book);
        return { requestId: `sweep-${at}` };
      },
    };
  }
}

function readingOf(shelves: Shelves, path: readonly string[]): TargetReading {
  const state = stateOf(shelves, path, shelves.look(path));
  const { notReady } = state;
  return {
    ...state,
    label: path.join(' / '),
    strategies: toyKind.strategies.map(({ id }) => id),
    automatic: () => 'PUT',
    checks: async ({ strategy }) => ({
      place:
        notReady === undefined
          ? [{ kind: 'toy', id: 'shelf', code: 'shelf.ready', verdict: 'pass', facts: {} }]
          : [
              {
                kind: 'toy',
                id: 'shelf',
                code: 'shelf.not-ready',
                verdict: 'block',
                facts: notReady.facts,
                readiness: notReady.facts.phase,
              },
            ],
      strategy: [
        {
          kind: 'toy',
          id: 'strategy',
          code: `strategy.${strategy.toLowerCase()}`,
          verdict: strategy === 'EMPTY' ? 'confirm' : 'pass',
          facts: {},
        },
      ],
      bucket: [],
    }),
    requests: (next, strategy) => [
      {
        service: 'shelves',
        operation: 'Put',
        input: { configuration: configurationJson(next), strategy },
        later: ['token'],
      },
    ],
    again: async () => readingOf(shelves, path),
  };
}

function judge({ expected, before, sentAt }: FollowedUpdate, shelf: Shelf): Observation {
  const { configuration, revision, arrivesIn } = shelf;
  const facts = {
    revision,
    arrivesIn,
    ...progressFacts({ updated: 2 - Math.min(2, arrivesIn), desired: 2 }),
  };
  if (revision === numberIn({ ...before.facts }, 'revision')) {
    return {
      state: 'ended',
      outcome: { state: 'failed', failure: failureOf(refuse('never-arrived', { sentAt })), facts },
    };
  }
  const parts = contradicts(expected, configuration);
  if (parts.length > 0) {
    const failure = failureOf(
      refuse('foreign-change', {
        parts,
        expected: configurationJson(expected),
        found: configurationJson(configuration),
      }),
    );
    return { state: 'ended', outcome: { state: 'failed', failure, facts } };
  }
  return arrivesIn > 0
    ? { state: 'going-on', facts }
    : { state: 'ended', outcome: { state: 'succeeded', facts } };
}
