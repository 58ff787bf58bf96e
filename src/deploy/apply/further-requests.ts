/** The requests of a deployment that follow its first one: each written down before and after it is sent. */
import { failureOf } from '../../model/failure';
import { ALL_SENT, FURTHER_REQUEST, type Journal, type Operation } from '../../operations/operation';
import type { FurtherUpdate, Pause } from '../port/deploy-target';
import type { SentFurther } from '../port/followed-update';
import { memberOf, textIn } from '../reading-json';

/** The step after it. Facts: what the service said, or `failure`. */
const ANSWERED = 'further-answer';

/**
 * Sends them one after the other, up to the first that fails, or up to where the rest waits for the user's click. @throws what
 * a request throws; what became of the update is then for the follower to find out.
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
      await journal.step(ANSWERED, { ...facts, ...(requestId !== undefined && { requestId }) });
    } catch (thrown) {
      await journal.step(ANSWERED, { failure: { ...failureOf(thrown) } });
      throw thrown;
    }
  }
  await journal.step(ALL_SENT);
}

/** Those that were sent, in order, as the operation's steps tell it. */
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
