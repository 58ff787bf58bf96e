/** When a code update is live, when it failed, and when nothing can be said: looks at a cluster, one after the other. */
import { describe, expect, test } from 'vitest';
import {
  type ClusterUpdate,
  judge,
  judgeUnreadable,
  TOKEN_LIFE_MS,
  UNSEEN_MS,
} from '../../src/deploy/finspace/judge';
import { judgeMissing, MISSING_MS } from '../../src/deploy/follow/missing';
import type { CodeConfiguration } from '../../src/model/code';
import type { KdbCluster } from '../../src/model/kdb';
import { clusterPhase } from '../../src/model/phase';
import type { Observation } from '../../src/operations/operation';

const SENT = Date.UTC(2026, 1, 1);
const code = (key: string, versionId?: string) => ({ bucket: 'b', key, ...(versionId && { versionId }) });
const OLD: CodeConfiguration = {
  code: code('old.zip', 'v1'),
  commandLineArguments: [{ key: 's', value: '1' }],
};
const NEW: CodeConfiguration = {
  code: code('new.zip', 'v2'),
  initializationScript: 'init.q',
  commandLineArguments: [
    { key: 's', value: '2' },
    { key: 'db', value: 'x' },
  ],
};
const OTHER: CodeConfiguration = { ...NEW, commandLineArguments: [] };

interface Look {
  readonly status: string;
  readonly shows: CodeConfiguration;
  /** Milliseconds after the request at which it was modified last; before it when negative. */
  readonly modified?: number;
  readonly reason?: string;
  /** Milliseconds after the request at which it is looked at. */
  readonly at?: number;
}

interface Given {
  readonly expected?: CodeConfiguration;
  readonly accepted?: boolean;
  readonly reasonBefore?: string;
  readonly modifiedBefore?: number | undefined;
  readonly before?: CodeConfiguration;
}

/** What the last look says, after those before it went on. */
function follow(looks: readonly Look[], given: Given = {}): Observation {
  const { expected = NEW, accepted = true, reasonBefore } = given;
  const modifiedAt = 'modifiedBefore' in given ? given.modifiedBefore : SENT - 1_000;
  const before = {
    configuration: given.before ?? OLD,
    ...(modifiedAt !== undefined && { modifiedAt }),
    ...(reasonBefore !== undefined && { statusReason: reasonBefore }),
  };
  let facts: ClusterUpdate['facts'] = {};
  let last: Observation = { state: 'going-on' };
  for (const [index, { status, shows, modified, reason, at = index * 5_000 }] of looks.entries()) {
    expect(last.state).toBe('going-on');
    const cluster = {
      status,
      phase: clusterPhase(status),
      configuration: shows,
      ...(modified !== undefined && { modifiedAt: SENT + modified }),
      ...(reason !== undefined && { statusReason: reason }),
    } as KdbCluster;
    last = judge({ expected, before, sentAt: SENT, accepted, facts }, cluster, SENT + at);
    if (last.state === 'going-on') facts = { ...facts, ...last.facts };
  }
  return last;
}

const running = (shows: CodeConfiguration, modified = -1_000, more: Partial<Look> = {}): Look => ({
  status: 'RUNNING',
  shows,
  modified,
  ...more,
});
const updating = (shows: CodeConfiguration, modified = 10): Look => ({ status: 'UPDATING', shows, modified });

const stateOf = (observation: Observation): string =>
  observation.state === 'going-on' ? 'going-on' : observation.outcome.state;
const codeOf = (observation: Observation): string | undefined =>
  observation.state === 'ended' && observation.outcome.failure?.kind === 'refused'
    ? observation.outcome.failure.code
    : undefined;

describe('live', () => {
  test('is RUNNING with the whole configuration after UPDATING was seen', () => {
    expect(stateOf(follow([running(OLD), updating(OLD), running(NEW, 700_000)]))).toBe('succeeded');
  });

  test('is not what the first look shows', () => {
    expect(stateOf(follow([running(OLD)]))).toBe('going-on');
    expect(stateOf(follow([running(NEW, 5)]))).toBe('going-on');
    expect(stateOf(follow([running(NEW)]))).toBe('going-on');
  });

  test('is a later modification that stays the same in two looks, where UPDATING was never seen', () => {
    expect(stateOf(follow([running(NEW, 5), running(NEW, 5)]))).toBe('succeeded');
    expect(stateOf(follow([running(NEW, 5), running(NEW, 6)]))).toBe('going-on');
    expect(stateOf(follow([running(NEW, 5), running(NEW, 6), running(NEW, 6)]))).toBe('succeeded');
    expect(stateOf(follow([running(NEW), running(NEW)]))).toBe('going-on');
  });

  test('takes the order of arguments, and a version that nobody asked for, as they come', () => {
    const shuffled = { ...NEW, commandLineArguments: [...NEW.commandLineArguments].reverse() };
    expect(stateOf(follow([updating(OLD), running(shuffled, 9)]))).toBe('succeeded');
    const expected = { ...NEW, code: code('new.zip') };
    expect(stateOf(follow([updating(OLD), running(NEW, 9)], { expected }))).toBe('succeeded');
  });

  test('of a restart with the same configuration needs UPDATING or a later modification', () => {
    const given = { expected: OLD };
    expect(stateOf(follow([running(OLD), running(OLD)], given))).toBe('going-on');
    expect(stateOf(follow([updating(OLD), running(OLD, 9)], given))).toBe('succeeded');
    expect(stateOf(follow([running(OLD, 9), running(OLD, 9)], given))).toBe('succeeded');
  });
});

describe('a failed update', () => {
  test('is RUNNING again with the configuration of before and a reason', () => {
    const seen = follow([updating(NEW), running(OLD, 9, { reason: 'init.q was not found' })]);
    expect(codeOf(seen)).toBe('update-failed');
    expect(seen).toMatchObject({ outcome: { facts: { statusReason: 'init.q was not found' } } });
  });

  test('needs no reason when it stays the configuration of before', () => {
    expect(stateOf(follow([updating(NEW), running(OLD, 9)]))).toBe('going-on');
    expect(codeOf(follow([updating(NEW), running(OLD, 9), running(OLD, 9)]))).toBe('update-failed');
  });

  test('is never taken for live while AWS gives a reason', () => {
    expect(codeOf(follow([updating(NEW), running(NEW, 9, { reason: 'q ended' })]))).toBe('update-failed');
  });

  test('is not told by a reason that was there before', () => {
    const given = { reasonBefore: 'old trouble' };
    const reason = { reason: 'old trouble' };
    expect(stateOf(follow([running(OLD, -1, reason)], given))).toBe('going-on');
    expect(stateOf(follow([{ ...updating(OLD), ...reason }, running(NEW, 9, reason)], given))).toBe(
      'succeeded',
    );
    expect(codeOf(follow([updating(OLD), running(NEW, 9, reason)], given))).toBe('update-failed');
  });

  test('of which UPDATING was never seen is told once it is late', () => {
    const late = { at: TOKEN_LIFE_MS };
    expect(stateOf(follow([running(OLD, 9), running(OLD, 9)]))).toBe('going-on');
    expect(codeOf(follow([running(OLD, 9, late), running(OLD, 9, late)]))).toBe('update-failed');
  });

  test.each(['CREATE_FAILED', 'DELETING', 'DELETED', 'DELETE_FAILED'])(
    'is a cluster that is %s',
    (status) => {
      expect(codeOf(follow([{ status, shows: NEW }]))).toBe('cluster-gone');
    },
  );
});

test.each(['UPDATING', 'PENDING', 'CREATING', 'SOMETHING_NEW'])(
  'a cluster that stays %s goes on for as long as it takes',
  (status) => {
    expect(
      stateOf(
        follow([
          { status, shows: NEW, at: 0 },
          { status, shows: NEW, at: 18 * 3_600_000 },
        ]),
      ),
    ).toBe('going-on');
  },
);

describe('a change by somebody else', () => {
  test.each(['RUNNING', 'UPDATING'])('is told at once, while the cluster is %s', (status) => {
    const seen = follow([updating(NEW), { status, shows: OTHER, modified: 20 }]);
    expect(codeOf(seen)).toBe('foreign-change');
    expect(seen).toMatchObject({
      outcome: { state: 'failed', facts: { parts: ['arguments'], found: { commandLineArguments: [] } } },
    });
  });

  test('of the version alone is one, too', () => {
    const shows = { ...NEW, code: code('new.zip', 'v3') };
    expect(codeOf(follow([running(shows, 9)]))).toBe('foreign-change');
  });
});

describe('an update that was answered with a yes and never seen', () => {
  const late = { at: UNSEEN_MS };
  const timeless = { modifiedBefore: undefined };

  test.each<[string, readonly Look[], Given]>([
    ['nothing moved', [running(OLD), running(OLD, -1_000, late)], {}],
    ['nothing moved in thirty days', [running(OLD), running(OLD, -1_000, { at: 30 * 86_400_000 })], {}],
    [
      'a restart was asked for, and nothing moved',
      [running(OLD), running(OLD, -1_000, late)],
      { expected: OLD },
    ],
    ['no times are told', [{ status: 'RUNNING', shows: OLD, ...late }], timeless],
    [
      'no times are told, and it has what was asked for',
      [{ status: 'RUNNING', shows: NEW, ...late }],
      timeless,
    ],
    ['the time is told no more', [{ status: 'RUNNING', shows: NEW, ...late }], {}],
  ])('is unknown after half an hour: %s', (_, looks, given) => {
    const early = looks.map((look) => ({ ...look, at: UNSEEN_MS - 1 }));
    expect(stateOf(follow(early, given))).toBe('going-on');
    expect(follow(looks, given)).toMatchObject({
      outcome: { state: 'unknown', facts: { check: 'cluster', why: 'never-seen' } },
    });
  });

  test('goes on for as long as it takes once UPDATING was seen', () => {
    const day = { at: 86_400_000 };
    expect(stateOf(follow([updating(OLD), running(OLD, 10, day)]))).toBe('going-on');
    expect(stateOf(follow([updating(OLD), { ...updating(NEW), ...day }]))).toBe('going-on');
  });

  test('is unknown by then, too, where answers have lost their form', () => {
    const update = (facts: ClusterUpdate['facts']): ClusterUpdate => ({
      expected: NEW,
      before: { configuration: OLD },
      sentAt: SENT,
      accepted: true,
      facts,
    });
    expect(judgeUnreadable(update({}), SENT + UNSEEN_MS - 1)).toBeUndefined();
    expect(judgeUnreadable(update({ status: 'RUNNING' }), SENT + UNSEEN_MS)).toMatchObject({
      outcome: { state: 'unknown', facts: { check: 'cluster', why: 'unreadable' } },
    });
    expect(judgeUnreadable(update({ updatingSeen: true }), SENT + 30 * UNSEEN_MS)).toBeUndefined();
  });
});

describe('what an endpoint leaves out of its answers', () => {
  const bare = (configuration: CodeConfiguration): CodeConfiguration => ({
    code: code(configuration.code?.key ?? ''),
    commandLineArguments: configuration.commandLineArguments,
  });
  const none = (configuration: CodeConfiguration): CodeConfiguration => ({
    ...bare(configuration),
    commandLineArguments: [],
  });

  test.each<[string, (whole: CodeConfiguration) => CodeConfiguration]>([
    ['versions', (whole) => ({ ...whole, code: code(whole.code?.key ?? '') })],
    ['versions and scripts', bare],
    ['versions, scripts and arguments', none],
    ['scripts and arguments', (whole) => ({ ...none(whole), ...(whole.code && { code: whole.code }) })],
  ])('is not different: %s', (_, told) => {
    const given = { before: told(OLD) };
    expect(stateOf(follow([running(told(OLD)), updating(told(OLD)), running(told(NEW), 9)], given))).toBe(
      'succeeded',
    );
    expect(stateOf(follow([running(told(NEW), 9), running(told(NEW), 9)], given))).toBe('succeeded');
    expect(codeOf(follow([updating(told(NEW)), running(told(OLD), 9), running(told(OLD), 9)], given))).toBe(
      'update-failed',
    );
    const other = { ...told(NEW), code: code('other.zip') };
    expect(codeOf(follow([updating(told(NEW)), running(other, 9)], given))).toBe('foreign-change');
  });

  test('the version alone is not different either where it was told before', () => {
    const shows = { ...NEW, code: code('new.zip') };
    expect(stateOf(follow([updating(shows), running(shows, 9)]))).toBe('succeeded');
  });

  test.each<[string, CodeConfiguration, CodeConfiguration]>([
    ['version', { ...OLD, code: code('old.zip') }, { ...OLD, code: code('old.zip', 'v2') }],
    ['script', OLD, { ...OLD, initializationScript: 'init.q' }],
    ['arguments', none(OLD), { ...none(OLD), commandLineArguments: [{ key: 's', value: '1' }] }],
  ])('is unknown where nothing but a %s would tell it from before', (_, before, expected) => {
    const given = { before, expected };
    expect(stateOf(follow([updating(before), running(before, 9)], given))).toBe('going-on');
    expect(follow([updating(before), running(before, 9), running(before, 9)], given)).toMatchObject({
      outcome: { state: 'unknown', facts: { check: 'cluster', why: 'untold' } },
    });
    expect(stateOf(follow([updating(before), running(expected, 9)], given))).toBe('succeeded');
  });

  test('the time of modification is not missed: two looks at RUNNING end what was seen to run', () => {
    const [seen, back]: Look[] = [
      { status: 'UPDATING', shows: OLD },
      { status: 'RUNNING', shows: OLD },
    ];
    const day = { at: 86_400_000 };
    for (const modifiedBefore of [undefined, SENT - 1_000]) {
      const given = { modifiedBefore };
      expect(stateOf(follow([seen!, { ...back!, ...day }], given))).toBe('going-on');
      expect(codeOf(follow([seen!, back!, { ...back!, ...day }], given))).toBe('update-failed');
      expect(stateOf(follow([seen!, back!, running(OLD, 10, day)], given))).toBe('going-on');
    }
    const expected = { ...OLD, initializationScript: 'init.q' };
    expect(follow([seen!, back!, back!], { modifiedBefore: undefined, expected })).toMatchObject({
      outcome: { state: 'unknown', facts: { why: 'untold' } },
    });
  });

  test('what was told before and is gone is different', () => {
    const before = { ...OLD, initializationScript: 'old.q' };
    const shows = { code: code('new.zip', 'v2'), commandLineArguments: NEW.commandLineArguments };
    expect(codeOf(follow([updating(NEW), running(shows, 9)], { before }))).toBe('foreign-change');
    expect(codeOf(follow([updating(NEW), running({ ...NEW, commandLineArguments: [] }, 9)]))).toBe(
      'foreign-change',
    );
  });
});

describe('a cluster that is not found', () => {
  const update = (facts: ClusterUpdate['facts']): ClusterUpdate => ({
    expected: NEW,
    before: { configuration: OLD },
    sentAt: SENT,
    accepted: true,
    facts,
  });

  test('goes on for five minutes, then what became of the update is unknown', () => {
    const first = judgeMissing(update({}).facts, 'cluster', SENT);
    expect(first).toEqual({ state: 'going-on', facts: { missingSince: SENT } });
    expect(judgeMissing(update({ missingSince: SENT }).facts, 'cluster', SENT + MISSING_MS - 1)).toEqual(
      first,
    );
    expect(judgeMissing(update({ missingSince: SENT }).facts, 'cluster', SENT + MISSING_MS)).toMatchObject({
      outcome: { state: 'unknown', facts: { why: 'not-found', check: 'cluster' } },
    });
  });

  test('and is found again counts from the start', () => {
    const cluster = { status: 'UPDATING', phase: clusterPhase('UPDATING'), configuration: OLD } as KdbCluster;
    const seen = judge(update({ missingSince: SENT }), cluster, SENT);
    expect(seen).toMatchObject({ state: 'going-on', facts: { missingSince: null } });
    const { facts = {} } = seen as { facts?: ClusterUpdate['facts'] };
    expect(judgeMissing(update(facts).facts, 'cluster', SENT + MISSING_MS)).toMatchObject({
      state: 'going-on',
    });
  });
});

describe('without an answer to the request', () => {
  const unanswered = { accepted: false };
  const late = { at: TOKEN_LIFE_MS };

  test('an update that shows is followed like any other', () => {
    expect(stateOf(follow([running(OLD), updating(NEW), running(NEW, 9)], unanswered))).toBe('succeeded');
    expect(stateOf(follow([running(NEW, 9), running(NEW, 9)], unanswered))).toBe('succeeded');
  });

  test('nothing is concluded while the token lives', () => {
    expect(stateOf(follow([running(OLD, -1_000, { at: TOKEN_LIFE_MS - 1 })], unanswered))).toBe('going-on');
  });

  test('an untouched cluster then shows that it never arrived', () => {
    expect(codeOf(follow([running(OLD), running(OLD, -1_000, late)], unanswered))).toBe('never-arrived');
    const restart = { ...unanswered, expected: OLD };
    expect(codeOf(follow([running(OLD), running(OLD, -1_000, late)], restart))).toBe('never-arrived');
  });

  test.each([true, false])(
    'an update that ended during an outage is told by two looks, accepted: %s',
    (accepted) => {
      const [first, second] = [40 * TOKEN_LIFE_MS, 41 * TOKEN_LIFE_MS].map((at) => running(NEW, 9, { at }));
      expect(stateOf(follow([first!], { accepted }))).toBe('going-on');
      expect(stateOf(follow([first!, second!], { accepted }))).toBe('succeeded');
    },
  );

  test('what cannot be decided is unknown, and says what to check', () => {
    const touched = follow([running(OLD, 9, late)], unanswered);
    expect(touched).toMatchObject({ outcome: { state: 'unknown', facts: { check: 'cluster' } } });
    const timeless = follow([{ status: 'RUNNING', shows: OLD, ...late }], {
      ...unanswered,
      modifiedBefore: undefined,
    });
    expect(stateOf(timeless)).toBe('unknown');
  });
});
