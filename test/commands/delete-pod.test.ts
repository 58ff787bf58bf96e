/** "Delete Pod…": which pod it is about, that nothing is sent before somebody has said so, and what is sent then. */
import { describe, expect, it } from 'vitest';
import { deletePod, holdingPod } from '../../src/commands/code/delete-pod';
import type { LogDeps } from '../../src/commands/code/logs';
import type { ObjectRef } from '../../src/deploy/kubernetes/ports';
import { connectionOf } from '../../src/model/connection';
import type { Operation } from '../../src/operations/operation';
import { pod, workload } from '../model/workloads';
import { type Reply, ScriptedPrompts } from '../view/scripted-prompts';

const CRASHING = pod({
  uid: 'uid-2',
  containers: [
    { name: 'q', restarts: 4, waiting: 'CrashLoopBackOff', ended: { exitCode: 1, reason: 'Error' } },
  ],
});

function failedWith(code: string, facts: object, outcomeFacts: object = {}): Operation {
  return {
    kind: 'code-kubernetes',
    state: 'failed',
    subject: {
      connectionId: connectionOf({ kind: 'sandbox' }, 'us-east-1').id,
      accountId: '111122223333',
      region: 'us-east-1',
      path: ['trading', 'tick', 'statefulset/hdb'],
      label: 'trading / tick / statefulset/hdb',
    },
    outcome: { failure: { kind: 'refused', code, facts }, facts: outcomeFacts },
  } as unknown as Operation;
}

const STUCK = failedWith(
  'pod-fails',
  { pod: 'hdb-2', reason: 'CrashLoopBackOff', stuck: true },
  { trouble: { pod: 'hdb-2', uid: 'uid-2', reason: 'CrashLoopBackOff' } },
);

async function run(pods: readonly ReturnType<typeof pod>[], ...replies: Reply[]) {
  return (await asked(pods, ...replies)).sent;
}

async function asked(pods: readonly ReturnType<typeof pod>[], ...replies: Reply[]) {
  const prompts = new ScriptedPrompts(replies);
  const sent: ObjectRef[] = [];
  const workloads = () => ({
    arn: async () => 'arn:aws:eks:us-east-1:111122223333:cluster/trading',
    read: async () => workload(),
    pods: async () => pods,
    deletePod: async (ref: ObjectRef) => {
      sent.push(ref);
      return 'deleted' as const;
    },
  });
  const deps = { prompts, ports: async () => ({ workloads }) } as unknown as LogDeps;
  await deletePod(STUCK, { name: 'hdb-2', uid: 'uid-2' }, deps);
  prompts.expectDone();
  return { sent, prompts };
}

const QUESTION = 'Pod hdb-2, container q: CrashLoopBackOff, its last run ended with exit code 1';

describe('the pod that holds a StatefulSet up', () => {
  it('is the one that the end of the operation names', () => {
    expect(holdingPod(STUCK)).toEqual({ name: 'hdb-2', uid: 'uid-2' });
  });

  it('is none where others go on without it, or where something else went wrong', () => {
    const facts = { trouble: { pod: 'hdb-2', uid: 'uid-2' } };
    expect(holdingPod(failedWith('pod-fails', { stuck: false }, facts))).toBeUndefined();
    expect(holdingPod(failedWith('rollout-late', { stuck: true }, facts))).toBeUndefined();
    expect(holdingPod(failedWith('pod-fails', { stuck: true }))).toBeUndefined();
  });

  it('is deleted by its uid once somebody has said so', async () => {
    const sent = await run([CRASHING], { to: QUESTION, say: 'Delete the pod' });
    expect(sent).toEqual([{ namespace: 'tick', name: 'hdb-2', uid: 'uid-2' }]);
  });

  it('is deleted knowing what is lost, which comes first in its row, and the command that is the same', async () => {
    const { prompts } = await asked([CRASHING], { to: QUESTION, say: 'Delete the pod' });
    const [{ rows, details, focused } = { rows: [], details: [], focused: '' }] = prompts.lists;
    expect([rows, focused]).toEqual([['Show logs first', 'Delete the pod'], 'Show logs first']);
    expect(details[1]).toMatch(/^What it holds in memory is lost; its volumes stay\. .* delete pod hdb-2$/);
  });

  it('stays where somebody leaves the question', async () => {
    expect(await run([CRASHING], { to: QUESTION, exit: 'leave' })).toEqual([]);
  });

  it('is not taken for another one of its name, nor deleted twice', async () => {
    for (const pods of [[], [{ ...CRASHING, uid: 'another' }], [{ ...CRASHING, deletedAt: 1 }]])
      await expect(run(pods)).rejects.toMatchObject({ failure: { code: 'pod-is-gone' } });
  });

  it('that runs by now is said to', async () => {
    const running = pod({ uid: 'uid-2', ready: true });
    const question = 'Nothing is wrong with pod hdb-2 any more that could be seen.';
    expect(await run([running], { to: question, exit: 'leave' })).toEqual([]);
  });
});
