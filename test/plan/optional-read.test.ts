/** One rule for what may stay unknown and what stops a plan. */
import { expect, test } from 'vitest';
import { type AwsReason, type Failure, failed } from '../../src/model/failure';
import { isAbsent, known, readOptional, unknown, whyUnread } from '../../src/plan/optional-read';

const aws = (reason: AwsReason) =>
  ({
    kind: 'aws',
    service: 's3',
    operation: 'UploadPartCopy',
    reason,
    name: 'Error',
    message: 'No.',
    passing: false,
    answered: true,
  }) as const;
const failing = (failure: Failure) => readOptional(() => Promise.reject(failed(failure)));

test('what is answered is known', async () => {
  expect(await readOptional(async () => 1)).toEqual(known(1));
});

test('what is not permitted names every action that it needs', async () => {
  const actions = ['s3:PutObject', 's3:GetObject'];
  expect(await failing(aws('access-denied'))).toEqual(unknown({ code: 'not-permitted', actions }));
});

test.each(['not-found', 'throttled', 'server', 'network', 'invalid'] as const)(
  'what fails because of %s is unknown, with the failure',
  async (reason) => {
    expect(await failing(aws(reason))).toEqual(unknown({ code: 'unanswered', failure: aws(reason) }));
  },
);

test('a list without an end is unknown', async () => {
  const refusal = { kind: 'refused', code: 'list-endless', facts: { why: 'repeated', pages: 3 } } as const;
  expect(await failing(refusal)).toEqual(unknown({ code: 'list-endless', pages: 3 }));
});

test.each<Failure>([
  { kind: 'cancelled' },
  { kind: 'credentials', problem: 'expired', message: '' },
  { kind: 'unexpected', message: 'x' },
  { kind: 'refused', code: 'no-such-entry', facts: {} },
  aws('service-ended'),
])('what concerns more than the question is thrown: %o', async (failure) => {
  await expect(failing(failure)).rejects.toMatchObject({ failure });
});

test('only the answer that there is none tells that there is none', () => {
  expect(isAbsent(whyUnread(aws('not-found')))).toBe(true);
  expect(isAbsent(whyUnread(aws('access-denied')))).toBe(false);
  expect(isAbsent(whyUnread(aws('server')))).toBe(false);
});
