/** Update settings: what EKS takes, what they will mean, what is sent, how their change is followed. */
import { describe, expect, it } from 'vitest';
import type { Nodegroup } from '../../src/model/eks';
import { applyConfig, type ConfigPlan, configOperation, planConfig } from '../../src/nodegroup/apply/config';
import { type ConfigChoice, configProblems } from '../../src/nodegroup/choice/config-choice';
import { configFollower } from '../../src/nodegroup/follow/follow';
import { known } from '../../src/plan/optional-read';
import { configWords } from '../../src/view/messages/nodegroup';
import { FakeAws } from './fake-aws';
import { nodegroup, situation, update } from './nouns';
import { forever, openOperations, PLACE } from './operations';

const nodes = (count: number, strategy?: ConfigChoice['strategy']): ConfigChoice => ({
  unavailable: { kind: 'nodes', count },
  ...(strategy && { strategy }),
});
const percentage = (percent: number): ConfigChoice => ({ unavailable: { kind: 'percentage', percent } });

describe('settings', () => {
  const small = nodegroup();
  const unbounded = nodegroup({ scaling: {} });
  const rows: readonly (readonly [ConfigChoice, Nodegroup, string | undefined])[] = [
    [nodes(2), small, undefined],
    [nodes(6), small, undefined],
    [nodes(7), small, 'The node group has at most 6 nodes, so no more than that can be unavailable at once.'],
    [nodes(0), small, 'Type a whole number from 1 to 100.'],
    [nodes(1.5), small, 'Type a whole number from 1 to 100.'],
    [nodes(Number.NaN), small, 'Type a whole number from 1 to 100.'],
    [nodes(100), unbounded, undefined],
    [nodes(101), unbounded, 'Type a whole number from 1 to 100.'],
    [percentage(1), small, undefined],
    [percentage(100), small, undefined],
    [percentage(0), small, 'Type a whole percentage from 1 to 100.'],
    [percentage(101), small, 'Type a whole percentage from 1 to 100.'],
    [nodes(1), small, 'These are the settings in use; there is nothing to change.'],
    [nodes(1, 'DEFAULT'), small, 'These are the settings in use; there is nothing to change.'],
    [nodes(1, 'MINIMAL'), small, undefined],
  ];
  it.each(rows)('%j', (choice, group, sentence) => {
    const [problem, ...more] = configProblems(group, choice);
    expect(more).toEqual([]);
    expect(problem && configWords(problem)).toBe(sentence);
  });
});

function planFor(choice: ConfigChoice, group = nodegroup()): ConfigPlan {
  const planned = planConfig(situation({ nodegroup: group }), choice);
  if (!planned.valid) throw new Error(JSON.stringify(planned.problems));
  return planned.plan;
}

describe('plans', () => {
  it('say what the settings will mean, and send all that will hold', () => {
    const minimal = nodegroup({ updateConfig: { maxUnavailable: 1, updateStrategy: 'MINIMAL' } });
    expect(planFor(percentage(50), minimal)).toMatchObject({
      pace: { before: { parallel: { most: 1 } }, after: { parallel: { least: 1, most: 2 } } },
      request: { updateConfig: { maxUnavailablePercentage: 50, updateStrategy: 'MINIMAL' } },
    });
    expect(planFor(nodes(2)).request).toEqual({
      clusterName: 'prod',
      nodegroupName: 'workers',
      updateConfig: { maxUnavailable: 2 },
    });
    expect(planConfig(situation(), nodes(1))).toMatchObject({ valid: false });
  });

  it('are blocked while something else runs', () => {
    const busy = situation({
      nodegroup: nodegroup({ status: 'UPDATING', phase: 'busy' }),
      running: known([update()]),
    });
    const planned = planConfig(busy, nodes(2));
    expect(() => planned.valid && configOperation(planned.plan, PLACE)).toThrow('update-blocked');
  });
});

describe('changes', () => {
  async function changed(choice: ConfigChoice) {
    const aws = new FakeAws();
    aws.onUpdate = () => {
      const accepted = update({ type: 'ConfigUpdate', params: [{ type: 'MaxUnavailable', value: '2' }] });
      aws.updates = [{ ...accepted, status: 'Successful' }];
      return { requestId: 'request-1', update: accepted };
    };
    const operations = await openOperations();
    const plan = planFor(choice);
    const { operation } = await operations.carryOut(configOperation(plan, PLACE), (journal) =>
      applyConfig(plan, aws.ports.eks, journal, forever),
    );
    const follower = configFollower({ eks: () => aws.ports.eks, clock: operations.clock });
    return { aws, operation, look: () => operations.look(follower, operation.id) };
  }

  it('are sent once and followed until the node group shows them', async () => {
    const { aws, operation, look } = await changed(nodes(2, 'MINIMAL'));
    expect(operation).toMatchObject({
      kind: 'nodegroup-config',
      state: 'watching',
      request: {
        operation: 'UpdateNodegroupConfig',
        input: { updateConfig: { maxUnavailable: 2, updateStrategy: 'MINIMAL' } },
      },
    });
    expect((await look()).state).toBe('watching');
    aws.nodegroups = [nodegroup({ updateConfig: { maxUnavailable: 2, updateStrategy: 'MINIMAL' } })];
    expect((await look()).state).toBe('succeeded');
  });

  it('are not sent to a node group of another account', async () => {
    const aws = new FakeAws();
    aws.nodegroups = [nodegroup({ arn: 'arn:aws:eks:us-east-1:444455556666:nodegroup/prod/workers/1a' })];
    const operations = await openOperations();
    const plan = planFor(nodes(2));
    const { operation } = await operations.carryOut(configOperation(plan, PLACE), (journal) =>
      applyConfig(plan, aws.ports.eks, journal, forever),
    );
    expect(operation).toMatchObject({ state: 'failed', outcome: { failure: { code: 'account-changed' } } });
    expect(aws.count('UpdateNodegroupConfig')).toBe(0);
  });
});
