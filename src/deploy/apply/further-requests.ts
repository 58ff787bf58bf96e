/** Sends the requests of a deployment after its first one; each is recorded before and after it is sent. */

import { failureOf } from '../../model/failure';
import { present } from '../../model/present';
import { ALL_SENT, FURTHER_REQUEST, type Journal, type Operation } from '../../operations/operation';
import type { FurtherUpdate, Pause } from '../port/deploy-target';
import type { SentFurther } from '../port/followed-update';
import { memberOf, textIn } from '../reading-json';

/**
 * Name of the step that records the outcome of a further request. Facts: the service's answer, or `failure`.
 */
const ANSWERED = 'further-answer';

/**
 * Sends the further requests one after the other. Stops if a request fails, if `signal` aborts, or at a
 * pause, after which the remaining requests wait for the user's click.
 * @throws the failure of a request; the follower then finds out how the update ended
 */
export async function sendFurther(
  updates: AsyncIterable<FurtherUpdate | Pause>,
  journal: Journal,
  signal: AbortSignal,
): Promise<void> {
  for await (const next of updates) {
    signal.throwIfAborted();
    if ('pause' in next) {
      await journal.paused(next.pause);
      return;
    }
    const { request, send } = next;
    await journal.sendingFurther(request);
    try {
      const { requestId, facts } = await send(signal);
      await journal.step(ANSWERED, { ...facts, ...present({ requestId }) });
    } catch (thrown) {
      await journal.step(ANSWERED, { failure: { ...failureOf(thrown) } });
      throw thrown;
    }
  }
  await journal.step(ALL_SENT);
}

/**
 * The further requests that the operation's steps record, in order, each with the outcome of sending it:
 * after a crash, a request without an answer may not have been sent.
 */
export function furtherIn({ steps }: Pick<Operation, 'steps'>): readonly SentFurther[] {
  const told = steps.filter(({ name }) => name === FURTHER_REQUEST || name === ANSWERED);
  return told.flatMap(({ name, facts = {} }, at) => {
    const [service, operation] = [textIn(facts, 'service'), textIn(facts, 'operation')];
    const { input } = facts;
    if (name !== FURTHER_REQUEST || service === undefined || operation === undefined || input === undefined)
      return [];
    const answer = told[at + 1];
    return [{ request: { service, operation, input }, answer: answerOf(answer) }];
  });
}

function answerOf(step: Operation['steps'][number] | undefined): SentFurther['answer'] {
  if (step?.name !== ANSWERED) return 'none';
  return memberOf(step.facts, 'failure') === undefined ? 'taken' : 'failed';
}
