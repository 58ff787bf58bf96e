import { describe, expect, it, vi } from 'vitest';
import { type CallerParts, createCaller, type SendOptions } from '../../src/aws/caller';
import type { RequestEntry } from '../../src/aws/contract';
import { failureOf } from '../../src/model/failure';
import { bypass, RateLimiter } from '../../src/model/rate-limiter';
import { VirtualClock } from '../virtual-clock';

const never = new AbortController().signal;
const FINE = { $metadata: { httpStatusCode: 200, requestId: 'r-fine' } };

/** Errors as the SDK throws them; failures.test.ts has the real ones. */
const reset = Object.assign(new Error('socket hang up'), { name: 'TimeoutError', code: 'ECONNRESET' });
const refusedConnection = Object.assign(new Error('connect'), { code: 'ECONNREFUSED', syscall: 'connect' });
const answer = (name: string, status: number, more: object = {}) =>
  Object.assign(new Error(`${name}.`), {
    name,
    $metadata: { httpStatusCode: status, requestId: `r-${status}`, ...more },
  });
const throttled = answer('ThrottlingException', 429);
const broken = answer('InternalServerException', 500);
const conflict = answer('ConflictException', 409);

function setUp(parts: Partial<CallerParts> = {}) {
  const clock = new VirtualClock();
  const background = { reserve: 0, concurrency: 100 };
  const budget = new RateLimiter({ burst: 100, perSecond: 100, concurrency: 100, background }, clock);
  const entries: RequestEntry[] = [];
  const caller = createCaller({
    service: 'finspace',
    connectionId: 'profile:p:us-east-1',
    clock,
    gate: bypass(budget),
    attempts: 3,
    onRequest: (entry) => entries.push(entry),
    misfitOf: () => undefined,
    ...parts,
  });
  /** Plays one outcome after the other: an error is thrown, anything else is the output. */
  const script = (...outcomes: readonly unknown[]) => {
    const left = [...outcomes];
    return vi.fn(async () => {
      const outcome = left.shift();
      if (outcome instanceof Error) throw outcome;
      return outcome as typeof FINE;
    });
  };
  const outcomeOf = async <T>(call: Promise<T>) => {
    const outcome = call.then(
      (output) => ({ output }),
      (thrown: unknown) => ({ failure: failureOf(thrown) }),
    );
    await clock.advance(600_000);
    return await outcome;
  };
  return { clock, budget, entries, caller, script, outcomeOf };
}

describe('a request', () => {
  it.each([
    ['a reset', reset],
    ['a throttling', throttled],
    ['an error of the server', broken],
    ['a refused connection', refusedConnection],
  ])('is tried again after %s', async (_, error) => {
    const { caller, script, outcomeOf, entries } = setUp();
    const send = script(error, error, FINE);
    expect(await outcomeOf(caller.request('GetKxCluster', 'env/c', never, send))).toEqual({ output: FINE });
    expect(entries.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
  });

  it.each([
    ['a conflict', conflict],
    ['a wrong checksum', answer('BadDigest', 400)],
    ['a refusal', answer('AccessDeniedException', 403)],
    ['rejected credentials', answer('UnrecognizedClientException', 403)],
    ['what nobody foresaw', new TypeError('x is not a function')],
  ])('is not tried again after %s', async (_, error) => {
    const { caller, script, outcomeOf } = setUp();
    const send = script(error, FINE);
    expect(await outcomeOf(caller.request('GetKxCluster', '', never, send))).toHaveProperty('failure');
    expect(send).toHaveBeenCalledTimes(1);
  });

  it('is tried once more when the SDK learnt the right time from the answer, by a follower too', async () => {
    const { caller, script, outcomeOf } = setUp({ attempts: 1 });
    const skewed = answer('InvalidSignatureException', 403, { clockSkewCorrected: true });
    expect(await outcomeOf(caller.request('X', '', never, script(skewed, FINE)))).toEqual({ output: FINE });
  });

  it('gives up after its tries, with the last failure', async () => {
    const { caller, script, outcomeOf } = setUp();
    const send = script(broken, broken, throttled, FINE);
    const outcome = await outcomeOf(caller.request('X', '', never, send));
    expect(outcome).toMatchObject({ failure: { reason: 'throttled', passing: true, answered: true } });
    expect(send).toHaveBeenCalledTimes(3);
  });

  it('is sent once by a follower', async () => {
    const { caller, script, outcomeOf } = setUp({ attempts: 1 });
    const send = script(throttled, FINE);
    expect(await outcomeOf(caller.request('X', '', never, send))).toHaveProperty('failure');
    expect(send).toHaveBeenCalledTimes(1);
  });

  it('waits longer from try to try, and longer still when throttled', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(1);
    const { clock, caller, script } = setUp();
    const start = clock.now();
    const times: number[] = [];
    const timed = (send: () => Promise<typeof FINE>) => () => {
      times.push(clock.now() - start);
      return send();
    };
    const call = caller.request('X', '', never, timed(script(broken, throttled, FINE)));
    await clock.advance(10_000);
    await call;
    vi.restoreAllMocks();
    expect(times).toEqual([0, 200, 2_200]);
  });

  it('tells the budget of each throttling', async () => {
    const throttledAt = vi.fn();
    const { clock, caller, script, outcomeOf } = setUp({
      gate: { enter: async () => () => undefined, throttled: throttledAt },
    });
    const start = clock.now();
    await outcomeOf(caller.request('X', '', never, script(throttled, FINE)));
    expect(throttledAt.mock.calls).toEqual([[start]]);
  });

  it('is dropped when cancelled, wherever it is', async () => {
    const { clock, budget, script } = setUp();
    const entered = vi.spyOn(budget, 'enter');
    for (const ms of [0, 50]) {
      const { caller } = setUp({ clock, gate: budget });
      const cancel = new AbortController();
      const send = ({ abortSignal }: SendOptions) =>
        clock.sleep(100, abortSignal).then(
          () => FINE,
          (reason) => Promise.reject(reason),
        );
      const call = caller.request('X', '', cancel.signal, send);
      if (ms > 0) await clock.advance(ms);
      cancel.abort(new Error('a reason of the caller’s own'));
      await expect(call.catch(failureOf)).resolves.toEqual({ kind: 'cancelled' });
    }
    expect(entered).toHaveBeenCalled();
    // Cancelled between two tries.
    const { caller } = setUp({ clock });
    const cancel = new AbortController();
    const call = caller.request('X', '', cancel.signal, script(broken, FINE)).catch(failureOf);
    await clock.settle();
    cancel.abort();
    await expect(call).resolves.toEqual({ kind: 'cancelled' });
  });
});

describe('a change', () => {
  it('is not sent when it was cancelled before, and says so by being cancelled', async () => {
    const { clock, caller, script } = setUp({
      gate: {
        enter: (signal) => clock.sleep(1_000, signal).then(() => () => undefined),
        throttled: () => undefined,
      },
    });
    const send = script(FINE);
    const cancel = new AbortController();
    const call = caller.change('Update', '', cancel.signal, send).catch(failureOf);
    cancel.abort();
    await expect(call).resolves.toEqual({ kind: 'cancelled' });
    expect(send).not.toHaveBeenCalled();
  });

  it('keeps its answer when it is cancelled under way', async () => {
    const { clock, caller } = setUp();
    const cancel = new AbortController();
    const call = caller.change('Update', '', cancel.signal, ({ abortSignal }) =>
      clock.sleep(9_000, abortSignal).then(() => FINE),
    );
    await clock.advance(1_000);
    cancel.abort();
    await clock.advance(9_000);
    await expect(call).resolves.toEqual(FINE);
  });

  it('is doubtful when its answer does not come within ten seconds after that', async () => {
    const { clock, caller, entries } = setUp();
    const cancel = new AbortController();
    const call = caller
      .change('Update', '', cancel.signal, ({ abortSignal }) =>
        clock.sleep(60_000, abortSignal).then(() => FINE),
      )
      .catch(failureOf);
    await clock.advance(1_000);
    cancel.abort();
    await clock.advance(10_001);
    await expect(call).resolves.toMatchObject({
      kind: 'aws',
      reason: 'network',
      name: 'AbortError',
      answered: false,
    });
    expect(entries).toMatchObject([{ attempt: 1, durationMs: 11_000, error: 'AbortError' }]);
  });

  it('keeps the failure of the try that was sent when it is cancelled between two', async () => {
    const { clock, caller, script } = setUp();
    const cancel = new AbortController();
    const call = caller.change('Update', '', cancel.signal, script(reset, FINE)).catch(failureOf);
    await clock.settle();
    cancel.abort();
    await expect(call).resolves.toMatchObject({ kind: 'aws', name: 'ECONNRESET', answered: false });
  });

  it('stays doubtful when a later try is refused: the first may have been carried out', async () => {
    const { caller, script, outcomeOf } = setUp();
    const outcome = await outcomeOf(caller.change('Update', '', never, script(reset, conflict)));
    expect(outcome).toMatchObject({ failure: { reason: 'conflict', answered: false } });
  });

  it('stays doubtful when the credentials expire meanwhile', async () => {
    const { caller, script, outcomeOf } = setUp();
    const expired = answer('ExpiredTokenException', 403);
    const outcome = await outcomeOf(caller.change('Update', '', never, script(reset, expired)));
    expect(outcome).toMatchObject({ failure: { kind: 'aws', name: 'ECONNRESET', answered: false } });
  });

  it('is not doubtful when no try ever left', async () => {
    const { caller, script, outcomeOf } = setUp();
    const send = script(refusedConnection, refusedConnection, refusedConnection);
    const outcome = await outcomeOf(caller.change('Update', '', never, send));
    expect(outcome).toMatchObject({ failure: { reason: 'network', answered: true } });
  });
});

describe('credentials', () => {
  it('are made sure of before each try, and withdrawn when AWS refuses them', async () => {
    const credentials = { get: vi.fn(async () => undefined), invalidate: vi.fn() };
    const { caller, script, outcomeOf } = setUp({ credentials });
    const outcome = await outcomeOf(
      caller.request('X', '', never, script(broken, answer('ExpiredTokenException', 403))),
    );
    expect(outcome).toMatchObject({ failure: { kind: 'credentials', problem: 'expired' } });
    expect(credentials.get).toHaveBeenCalledTimes(2);
    expect(credentials.invalidate).toHaveBeenCalledTimes(1);
  });

  it('that fail keep a request from being sent', async () => {
    const failure = { kind: 'credentials', problem: 'sso-login', message: 'log in' } as const;
    const get = async () => {
      throw Object.assign(new Error('log in'), { failure });
    };
    const { caller, script, outcomeOf, entries } = setUp({
      credentials: { get, invalidate: () => undefined },
    });
    const send = script(FINE);
    expect(await outcomeOf(caller.request('X', '', never, send))).toEqual({ failure });
    expect(send).not.toHaveBeenCalled();
    expect(entries).toEqual([]);
  });
});

it('writes each try to the log, with what was asked and answered', async () => {
  const { caller, script, outcomeOf, entries } = setUp();
  await outcomeOf(caller.request('GetKxCluster', 'env/rdb', never, script(reset, broken, FINE)));
  const common = {
    connectionId: 'profile:p:us-east-1',
    service: 'finspace',
    operation: 'GetKxCluster',
    resource: 'env/rdb',
    durationMs: 0,
  };
  expect(entries).toEqual([
    { ...common, attempt: 1, error: 'ECONNRESET' },
    { ...common, attempt: 2, status: 500, requestId: 'r-500', error: 'InternalServerException' },
    { ...common, attempt: 3, status: 200, requestId: 'r-fine' },
  ]);
});

it('lets the last failure be judged', async () => {
  const judge = vi.fn(async (failure) => ({ ...failure, reason: 'service-ended' as const }));
  const { caller, script, outcomeOf } = setUp({ judge, attempts: 2 });
  const outcome = await outcomeOf(caller.request('X', '', never, script(broken, broken)));
  expect(outcome).toMatchObject({ failure: { reason: 'service-ended' } });
  expect(judge).toHaveBeenCalledTimes(1);
});
