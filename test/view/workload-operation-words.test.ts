/** What is said of an operation on a workload: Kubernetes carries it out, and AWS is not named in its place. */
import { expect, test } from 'vitest';
import { Runner } from '../../src/commands/run';
import { connectionOf } from '../../src/model/connection';
import type { Operation, OperationState } from '../../src/operations/operation';
import { deploymentWords } from '../../src/view/messages/deployments';
import { operationWords, serviceWords, silenceWords } from '../../src/view/messages/operation';
import { refusalWords } from '../../src/view/messages/refusals';
import { isInAws } from '../../src/view/operations/node';
import { operationPage } from '../../src/view/pages/operations/operation';

const HOUR = 3_600_000;

function operation(state: OperationState, more: Partial<Operation> = {}): Operation {
  return {
    id: 'o',
    kind: 'code-kubernetes',
    state,
    subject: {
      connectionId: connectionOf({ kind: 'profile', profile: 'dev' }, 'us-east-1').id,
      accountId: '111122223333',
      region: 'us-east-1',
      path: ['trading', 'tick', 'statefulset/hdb'],
      label: 'trading / tick / statefulset/hdb',
    },
    plan: {},
    writer: 'w',
    steps: [],
    facts: {},
    requestIds: [],
    createdAt: 0,
    sentAt: 1,
    ...more,
  };
}

/** What the notification of its end says. */
function told(of: Operation): string {
  const said: string[] = [];
  const say = async (text: string): Promise<void> => void said.push(text);
  const notify = { succeeded: say, warn: say, error: say };
  new Runner({ notify, outcomeWords: () => undefined, remedies: () => [] } as never).tell(of);
  return said.join('\n');
}

/** States that an operation on a workload can have. */
const STATES: readonly OperationState[] = [
  ...(['planned', 'running', 'watching', 'succeeded', 'failed'] as const),
  ...(['cancelled', 'drifted', 'unwatched', 'unknown'] as const),
];

test.each(STATES)('%s', (state) => {
  const of = operation(state);
  const page = operationPage({ operation: of, rows: [], buttons: [] }, HOUR);
  const words = [operationWords(of), told(of), silenceWords(of, 2 * HOUR) ?? '', JSON.stringify(page)];
  for (const one of words) expect(one).not.toMatch(/AWS/);
});

test('who carries it out is named where nobody watches it any more', () => {
  expect(told(operation('unwatched', { acceptedAt: 2 }))).toContain('Kubernetes has accepted the update');
  const { sentAt: _, ...doubtful } = operation('unwatched', { sentAt: 1 });
  expect(serviceWords(doubtful)).toBe('Kubernetes');
  expect(told(operation('unwatched'))).toContain('Whether Kubernetes took the update');
});

test('its history and a look without an answer name nobody', () => {
  const configuration = { code: { bucket: 'b', key: 'k.zip' }, commandLineArguments: [] };
  const row = { operationId: 'o', at: 0, configuration, strategy: 'ROLLING', outcome: 'watching' } as const;
  expect(deploymentWords(row)).toMatch(/^updating/);
  const failure = { kind: 'refused', code: 'no-answer', facts: { ms: 60_000 } } as const;
  expect(refusalWords(failure)).not.toMatch(/AWS/);
});

test('the AWS console has no page for it', () => {
  expect(isInAws(operation('succeeded'))).toBe(false);
  expect(isInAws(operation('succeeded', { kind: 'nodegroup-version' }))).toBe(true);
});

test.each([
  [{}, 'succeeded, after'],
  [{ takenLater: 'replaced' }, 'set; each pod takes it when it is next replaced ·'],
  [{ takenLater: 'resumed' }, 'set; the Deployment is paused, '],
  [{ running: false }, 'set, and nothing runs there'],
])('the page of a success does not say more than is so: %o', (facts, words) => {
  const of = operation('succeeded', { outcome: { state: 'succeeded', facts }, endedAt: HOUR });
  const { state } = operationPage({ operation: of, rows: [], buttons: [] }, HOUR);
  expect(state?.text).toContain(words);
});

test.each([
  ['canary', 'one pod proves the code, the others wait for your click', 'Look at the pod'],
  ['interrupted', 'interrupted, waits for your click', 'nothing more by itself'],
  ['user', 'paused, waits for your click', 'nothing more by itself'],
])('one that waits after it was sent (%s) says for what, and what a click does', (paused, words, click) => {
  const waiting = operation('watching', { paused, acceptedAt: 1 });
  expect(operationWords(waiting)).toBe(words);
  const page = operationPage({ operation: waiting, rows: [], buttons: [] }, HOUR);
  expect(page.state).toMatchObject({ tone: 'warning', text: expect.stringContaining(words) });
  const [notice] = page.notices ?? [];
  expect(notice?.title).toContain(click);
  expect(notice?.title).toContain('"Go On"');
  // Nobody is silent who is waited for by nobody.
  expect(silenceWords(waiting, 9 * HOUR)).toBeUndefined();
});
