/** The question for the code of an MFA device, where nobody waits for the answer any more. */
import { expect, test } from 'vitest';
import { failureOf } from '../../src/model/failure';
import { askMfaCode } from '../../src/view/mfa';
import { takeShown } from './window-stand-in';

test('is not asked once its request was cancelled', async () => {
  takeShown();
  const thrown = await askMfaCode('dev', 'device', AbortSignal.abort()).catch((error: unknown) => error);
  expect(failureOf(thrown)).toEqual({ kind: 'cancelled' });
  expect(takeShown()).toEqual([]);
});
