/** What the checks of a plan find, what each finding means for it, and the sentence that the user reads. */
import { describe, expect, it } from 'vitest';
import type { DrainReading } from '../../src/drain/read-drain';
import type { Subnet } from '../../src/model/eks';
import type { Action } from '../../src/model/permissions';
import type { Check, CheckCode, CheckId } from '../../src/nodegroup/checks/all-checks';
import type { UpdateChoice } from '../../src/nodegroup/choice/choice';
import { missingActions, planUpdate } from '../../src/nodegroup/plan/plan';
import type { Situation } from '../../src/nodegroup/reading/situation';
import { known, unknown } from '../../src/plan/optional-read';
import { decisionOf, type Verdict } from '../../src/plan/verdict';
import { checkTitle, checkWords } from '../../src/view/messages/nodegroup';
import { verdictHeading } from '../../src/view/messages/verdicts';
import { barePod, budget, drainFacts, pod, type WholeFacts } from '../drain/cluster';
import {
  awsFailure,
  cluster,
  customNodegroup,
  DAY,
  insight,
  NEWEST,
  NOW,
  nodegroup,
  situation,
  subnet,
  template,
  update,
  VERSIONS,
} from './nouns';
import { expectPlainWords } from './plain';

const notPermitted = (action: Action) => unknown({ code: 'not-permitted', actions: [action] } as const);
const templated = nodegroup({ launchTemplate: { id: 'lt-0aa', version: '2' } });
const templates = known([template(1), template(2), template(3), template(4, { imageId: 'ami-0f' })]);
const oldRelease = unknown({ code: 'not-published', parameter: '/aws/x' } as const);

function offeredWith(newest: Situation['offered'][number]['newest']): Partial<Situation> {
  return { offered: situation().offered.map((option) => ({ ...option, newest })) };
}

const unforeseen = { kind: 'unexpected', message: 'no' } as const;

function drained(facts: Partial<WholeFacts>, unread: DrainReading['unread'] = []): Partial<Situation> {
  return { drain: known({ facts: drainFacts(facts), unread }) };
}

type Row = readonly [
  code: CheckCode,
  verdict: Verdict,
  parts: Partial<Situation>,
  choice: UpdateChoice,
  sentence: string,
];

/** From 1.32 to the control plane's version with its newest release. */
const UP: UpdateChoice = { version: '1.33', release: NEWEST, force: false };

const ROWS = [
  ['cluster-active', 'pass', {}, UP, 'The cluster is active.'],
  [
    'cluster-not-active',
    'block',
    { cluster: cluster({ status: 'UPDATING', phase: 'busy' }) },
    UP,
    'The cluster prod is updating. EKS takes node group updates only while it is active: wait, then plan again.',
  ],
  ['nodegroup-active', 'pass', {}, UP, 'The node group is active.'],
  [
    'nodegroup-degraded',
    'warn',
    {
      nodegroup: nodegroup({
        status: 'DEGRADED',
        phase: 'failed',
        health: [{ code: 'AccessDenied', message: 'm', resourceIds: [] }],
      }),
    },
    UP,
    'The node group is degraded, with one health issue. The update may fail for the same reason.',
  ],
  [
    'nodegroup-not-active',
    'block',
    { nodegroup: nodegroup({ status: 'UPDATING', phase: 'busy' }) },
    UP,
    'The node group is updating. EKS takes updates only while it is active: wait, then plan again.',
  ],
  [
    'nodegroup-not-active',
    'block',
    { nodegroup: nodegroup({ status: 'CREATE_FAILED', phase: 'failed' }) },
    UP,
    'The node group is create failed. EKS takes updates only while it is active: wait, then plan again.',
  ],
  ['no-update-running', 'pass', {}, UP, 'No other update is running.'],
  [
    'update-running',
    'block',
    { running: known([update()]) },
    UP,
    'An update is running: version update update-1. EKS runs one at a time: follow it, and plan again when it has ended.',
  ],
  [
    'updates-unknown',
    'unknown',
    { running: notPermitted('eks:ListUpdates') },
    UP,
    'Whether another update is running: Not known: you lack the permission eks:ListUpdates.',
  ],
  ['healthy', 'pass', {}, UP, 'No health issues.'],
  [
    'health-issues',
    'warn',
    { nodegroup: nodegroup({ health: [{ code: 'AccessDenied', message: 'm', resourceIds: [] }] }) },
    UP,
    'AWS reports health issues: AccessDenied. Open them for what helps.',
  ],
  ['insights-passing', 'pass', {}, UP, 'All upgrade insights pass (1).'],
  [
    'insights-passing',
    'pass',
    { insights: known([insight('ERROR', { category: 'ROLLBACK_READINESS' })]) },
    UP,
    'EKS lists no upgrade insights for the cluster.',
  ],
  [
    'insights-warnings',
    'warn',
    { insights: known([insight('WARNING'), insight('UNKNOWN'), insight('PASSING')]) },
    UP,
    'Upgrade insights do not all pass: WARNING insight (warning), UNKNOWN insight (not known).',
  ],
  [
    'insights-errors',
    'confirm',
    { insights: known([insight('ERROR'), insight('WARNING')]) },
    UP,
    'Upgrade insights report errors: ERROR insight (error), WARNING insight (warning). Mend them first, or go on anyway if they do not touch these nodes.',
  ],
  [
    'insights-unknown',
    'unknown',
    { insights: notPermitted('eks:ListInsights') },
    UP,
    'Not known: you lack the permission eks:ListInsights.',
  ],
  ['skew-equal', 'pass', {}, UP, 'The nodes will have the version of the control plane, 1.33.'],
  [
    'skew-behind',
    'warn',
    {},
    { version: '1.32', release: '1.32.4-20260801', force: false },
    'The nodes will have 1.32, one version behind the control plane (1.33); up to 3 are supported.',
  ],
  [
    'skew-custom-ami',
    'unknown',
    { nodegroup: customNodegroup(), templates },
    { templateVersion: 4, force: false },
    'The Kubernetes version of the nodes is inside your AMI: check that it fits the control plane (1.33).',
  ],
  ['not-a-downgrade', 'pass', {}, UP, 'The nodes do not go back to anything older.'],
  [
    'downgrade-version',
    'warn',
    { insights: known([insight('WARNING', { category: 'ROLLBACK_READINESS', name: 'Node groups' })]) },
    { version: '1.31', release: '1.31.4-20260801', force: false },
    'This is a downgrade from 1.32 to 1.31. The EKS API documentation says that a node group cannot be rolled back; newer guides do it before a control plane rollback. Rollback insights: Node groups (warning).',
  ],
  [
    'downgrade-version',
    'warn',
    {},
    { version: '1.31', release: '1.31.4-20260801', force: false },
    'This is a downgrade from 1.32 to 1.31. The EKS API documentation says that a node group cannot be rolled back; newer guides do it before a control plane rollback. Rollback insights: none reports a problem.',
  ],
  [
    'downgrade-version',
    'warn',
    { insights: notPermitted('eks:ListInsights') },
    { version: '1.31', release: '1.31.4-20260801', force: false },
    'This is a downgrade from 1.32 to 1.31. The EKS API documentation says that a node group cannot be rolled back; newer guides do it before a control plane rollback. Not known: you lack the permission eks:ListInsights.',
  ],
  [
    'downgrade-release',
    'warn',
    {},
    { version: '1.32', release: '1.32.9-20260101', force: false },
    'The AMI release 1.32.9-20260101 is older than the one in use, 1.32.9-20260601. Fixes that came between are lost.',
  ],
  [
    'downgrade-unknown',
    'unknown',
    { nodegroup: nodegroup({ amiType: 'BOTTLEROCKET_x86_64', releaseVersion: '1.30.0-abcdef01' }) },
    { version: '1.32', release: '1.30.0-abcdef02', force: false },
    'Whether 1.30.0-abcdef02 is older than what is in use (1.30.0-abcdef01) cannot be told.',
  ],
  ['support-standard', 'pass', {}, UP, 'Kubernetes 1.33 is in standard support until 2027-06-11.'],
  [
    'support-ending',
    'warn',
    {},
    { version: '1.32', release: '1.32.4-20260801', force: false },
    'Standard support of Kubernetes 1.32 ends on 2026-09-14: plan the next version.',
  ],
  [
    'support-extended',
    'warn',
    {},
    { version: '1.31', release: '1.31.4-20260801', force: false },
    'Kubernetes 1.31 is in extended support, which costs extra, until 2026-11-23.',
  ],
  [
    'support-ended',
    'warn',
    {},
    { version: '1.30', release: '1.30.4-20260801', force: false },
    'AWS does not support Kubernetes 1.30 since 2026-07-26: choose a later version.',
  ],
  [
    'support-unlisted',
    'unknown',
    { versions: known([]) },
    UP,
    'AWS does not say how it supports Kubernetes 1.33.',
  ],
  [
    'support-unknown',
    'unknown',
    { versions: notPermitted('eks:DescribeClusterVersions') },
    UP,
    'Support of the version: Not known: you lack the permission eks:DescribeClusterVersions.',
  ],
  ['ami-type-published', 'pass', {}, UP, 'AWS publishes releases of AL2023_x86_64_STANDARD.'],
  [
    'ami-type-ended',
    'warn',
    { cluster: cluster({ version: '1.32' }), nodegroup: nodegroup({ amiType: 'AL2_ARM_64' }) },
    { version: '1.32', release: '1.32.4-20260801', force: false },
    'AWS ended AL2_ARM_64 on 2025-11-26: no fixes come any more, and 1.32 is the last Kubernetes version with it. Make a node group with another AMI type and move the pods there.',
  ],
  [
    'ami-type-cannot-follow',
    'warn',
    { nodegroup: nodegroup({ amiType: 'AL2_ARM_64' }) },
    { version: '1.32', release: '1.32.4-20260801', force: false },
    'The node group cannot follow: AL2 ends with 1.32, and the control plane runs 1.33. AWS ended AL2_ARM_64 on 2025-11-26: no fixes come any more. Make a node group with another AMI type and move the pods there.',
  ],
  [
    'ami-type-unlisted',
    'unknown',
    { nodegroup: nodegroup({ amiType: 'AL2027_x86_64' }) },
    UP,
    'This version of Slipway does not know the AMI type AL2027_x86_64.',
  ],
  [
    'ami-own',
    'pass',
    { nodegroup: templated, templates },
    { templateVersion: 4, force: false },
    'The launch template brings an AMI of your own.',
  ],
  ['release-newest', 'pass', {}, UP, '1.33.4-20260801 is the newest release.'],
  [
    'release-not-newest',
    'warn',
    {},
    { version: '1.33', release: '1.33.4-20260701', force: false },
    '1.33.4-20260701 is not the newest release; that is 1.33.4-20260801.',
  ],
  [
    'release-unverified',
    'unknown',
    offeredWith(notPermitted('ssm:GetParameter')),
    UP,
    'Whether 1.33.4-20260801 is the newest release: Not known: you lack the permission ssm:GetParameter.',
  ],
  [
    'release-not-comparable',
    'unknown',
    {
      nodegroup: nodegroup({ amiType: 'BOTTLEROCKET_x86_64', releaseVersion: '1.30.0-abcdef01' }),
      ...offeredWith(known('1.31.0-abcdef03')),
    },
    { version: '1.33', release: '1.31.0-abcdef02', force: false },
    'Whether 1.31.0-abcdef02 is as new as the newest release, 1.31.0-abcdef03, cannot be told from their names.',
  ],
  [
    'release-by-aws',
    'pass',
    {},
    { version: '1.33', force: false },
    'AWS takes its newest release, now 1.33.4-20260801.',
  ],
  [
    'release-by-aws-unknown',
    'unknown',
    offeredWith(unknown({ code: 'windows-image-id-only' })),
    { version: '1.33', force: false },
    'AWS takes its newest release. Which one that is: Not known: for Windows AWS publishes an image id, and no release version.',
  ],
  [
    'release-not-published',
    'warn',
    offeredWith(oldRelease),
    UP,
    'AWS publishes no release of AL2023_x86_64_STANDARD for Kubernetes 1.33, so EKS may refuse it.',
  ],
  [
    'release-own',
    'pass',
    { nodegroup: customNodegroup(), templates },
    { templateVersion: 4, force: false },
    'The AMI is your own; there is no release to choose.',
  ],
  ['template-none', 'pass', {}, UP, 'The node group has no launch template of yours.'],
  [
    'template-kept',
    'pass',
    { nodegroup: templated, templates: known([template(1), template(2)]) },
    UP,
    'The launch template stays at version 2.',
  ],
  [
    'template-kept',
    'pass',
    { nodegroup: templated, templates },
    { ...UP, templateVersion: 2 },
    'The launch template stays at version 2.',
  ],
  [
    'template-version-gone',
    'warn',
    { nodegroup: templated, templates: known([template(1), template(4)]) },
    UP,
    'Version 2 of the launch template, which the node group uses, was deleted: EKS can make no new nodes from it. Choose a version that is there.',
  ],
  [
    'template-kept-behind',
    'warn',
    { nodegroup: templated, templates },
    UP,
    'The launch template stays at version 2; its newest is 4.',
  ],
  [
    'template-changes',
    'pass',
    { nodegroup: templated, templates },
    { ...UP, templateVersion: 3 },
    'The launch template goes from version 2 to 3.',
  ],
  [
    'template-older',
    'warn',
    { nodegroup: templated, templates },
    { ...UP, templateVersion: 1 },
    'The launch template goes back from version 2 to 1.',
  ],
  [
    'template-brings-ami',
    'warn',
    { nodegroup: templated, templates },
    { templateVersion: 4, force: false },
    'Version 4 of the launch template brings its own AMI (ami-0f); so far the nodes run one of AWS. From then on you choose and renew the AMI yourself.',
  ],
  [
    'template-drops-ami',
    'warn',
    { nodegroup: customNodegroup(), templates, ...offeredWith(unknown({ code: 'custom-ami' })) },
    { version: '1.33', templateVersion: 3, force: false },
    'Version 3 of the launch template names no AMI; so far the nodes run your own. EKS will choose one, and user data written for your AMI may not fit.',
  ],
  [
    'template-unknown',
    'unknown',
    { nodegroup: templated, templates: notPermitted('ec2:DescribeLaunchTemplateVersions') },
    UP,
    'Versions of the launch template: Not known: you lack the permission ec2:DescribeLaunchTemplateVersions.',
  ],
  [
    'template-unresolved',
    'unknown',
    { nodegroup: nodegroup({ launchTemplate: { id: 'lt-0aa', version: '$Latest' } }), templates: known([]) },
    UP,
    'Which version of the launch template is in use ($Latest) cannot be told.',
  ],
  ['something-changes', 'pass', {}, UP, 'The update changes the node group.'],
  [
    'nothing-changes',
    'warn',
    {},
    { version: '1.32', release: '1.32.9-20260601', force: false },
    'Version, release and launch template are what they are already: there is nothing to update.',
  ],
  [
    'addresses-enough',
    'pass',
    {},
    UP,
    'The subnets have 400 free addresses; the update adds up to 4 nodes for a while. Pods take addresses too.',
  ],
  [
    'addresses-short',
    'warn',
    { subnets: known([subnet('subnet-a', 1), subnet('subnet-b', 2, 'us-east-1b')]) },
    UP,
    'The subnets have 3 free addresses in all (subnet-a (subnet-a): 1, subnet-b (us-east-1b): 2), and the update adds up to 4 nodes for a while. Free some, or add subnets.',
  ],
  [
    'addresses-short-in-zone',
    'warn',
    { subnets: known([subnet('subnet-a', 100), subnet('subnet-b', 1)]) },
    UP,
    'Few addresses are free in subnet-b (subnet-b): 1, and the update adds up to 4 nodes over all zones. Free some.',
  ],
  [
    'addresses-not-needed',
    'pass',
    { nodegroup: nodegroup({ updateConfig: { maxUnavailable: 1, updateStrategy: 'MINIMAL' } }) },
    UP,
    'The update adds no nodes, so it needs no further addresses.',
  ],
  [
    'addresses-unknown',
    'unknown',
    { subnets: notPermitted('ec2:DescribeSubnets') },
    UP,
    'The update adds up to 4 nodes for a while. Free addresses of the subnets: Not known: you lack the permission ec2:DescribeSubnets.',
  ],
  [
    'addresses-unknown',
    'unknown',
    { subnets: known([subnet('subnet-a', 100), subnet('subnet-b', undefined)]) },
    UP,
    'The update adds up to 4 nodes for a while. Free addresses of the subnets: Not known: AWS does not say.',
  ],
  [
    'pace',
    'pass',
    {},
    UP,
    '3 nodes, 1 at a time: roughly 12 to 36 minutes, longer where pods are slow to move.',
  ],
  [
    'pace-all-at-once',
    'warn',
    { nodegroup: nodegroup({ updateConfig: { maxUnavailable: 3 } }) },
    UP,
    'All nodes may go at once, as the update settings allow it. 3 nodes, 3 at a time: roughly 6 to 16 minutes, longer where pods are slow to move.',
  ],
  [
    'pace-terminates-first',
    'warn',
    { nodegroup: nodegroup({ updateConfig: { maxUnavailable: 1, updateStrategy: 'MINIMAL' } }) },
    UP,
    'By the MINIMAL strategy nodes are ended before new ones are there. 3 nodes, 1 at a time: roughly 12 to 36 minutes, longer where pods are slow to move.',
  ],
  [
    'pace-unknown',
    'unknown',
    { nodegroup: nodegroup({ scaling: {} }) },
    UP,
    'How many nodes there are is not known, so neither is how long it takes.',
  ],
  [
    'drain-respects-budgets',
    'pass',
    {},
    UP,
    'Disruption budgets are respected: if pods cannot be moved off a node within 15 minutes, the update fails and that node stays.',
  ],
  [
    'drain-forced',
    'confirm',
    {},
    { ...UP, force: true },
    'Force: pods that cannot be moved off a node within 15 minutes are ended with it, disruption budgets or not.',
  ],
  [
    'drain-free',
    'pass',
    drained({}),
    UP,
    'Nothing that can be seen holds the pods that have to move: 1 pod on 2 nodes.',
  ],
  ['drain-free', 'pass', drained({ pods: [] }), UP, 'No pods have to move.'],
  [
    'drain-free',
    'pass',
    drained({}, [{ part: 'code-versions', failure: unforeseen }]),
    UP,
    'Nothing that can be seen holds the pods that have to move: 1 pod on 2 nodes. Whether the code of the pods is still in S3 could not be read. Something that Slipway did not expect: no',
  ],
  [
    'drain-slowed',
    'pass',
    drained({ pods: [pod(), pod({ name: 'rdb-1' })] }),
    UP,
    'Nothing holds a pod for good. shop/rdb-0 on a: 2 pods under the budget rdb (needs 2 healthy, has 3) may have to leave at once, and it lets 1 go at a time: they leave one after another. Allow more time, or let the budget give more pods at a time. shop/rdb-1 on a: 2 pods under the budget rdb (needs 2 healthy, has 3) may have to leave at once, and it lets 1 go at a time: they leave one after another. Allow more time, or let the budget give more pods at a time.',
  ],
  [
    'drain-threatened',
    'warn',
    drained({ pods: [barePod({ labels: {} })] }),
    UP,
    'shop/rdb-0 on a: Nothing makes it anew: once it is evicted, it is gone for good. Save what it holds, then move it by hand.',
  ],
  [
    'drain-held',
    'warn',
    drained({ budgets: [budget({ disruptionsAllowed: 0, maxUnavailable: 0, desiredHealthy: 3 })] }),
    UP,
    'The update will fail after 15 minutes at a node unless this is mended. shop/rdb-0 on a: The budget rdb (needs 3 healthy, has 3) never lets one of its pods go. Set maxUnavailable of the budget to 1.',
  ],
  [
    'drain-held-forced',
    'warn',
    drained({
      pods: [0, 1, 2, 3, 4].map((at) => pod({ name: `rdb-${at}`, tolerations: [{ operator: 'Exists' }] })),
      budgets: [],
    }),
    { ...UP, force: true },
    'Force ends these pods with their node, after 15 minutes. shop/rdb-0 on a: It tolerates cordoned nodes, so the pod that follows it may start on the same node again. Take away its toleration of node.kubernetes.io/unschedulable, or scale it down for the update. shop/rdb-1 on a: It tolerates cordoned nodes, so the pod that follows it may start on the same node again. Take away its toleration of node.kubernetes.io/unschedulable, or scale it down for the update. shop/rdb-2 on a: It tolerates cordoned nodes, so the pod that follows it may start on the same node again. Take away its toleration of node.kubernetes.io/unschedulable, or scale it down for the update. And 2 more.',
  ],
  [
    'drain-budgets-unknown',
    'unknown',
    drained({ budgets: [] }, [{ part: 'budgets', failure: unforeseen }]),
    UP,
    'Whether a budget holds pods is not known. Something that Slipway did not expect: no',
  ],
  [
    'drain-unknown',
    'unknown',
    { drain: unknown(unforeseen) },
    UP,
    'What would hold the drain is not known. Something that Slipway did not expect: no',
  ],
  ['managed-by-nobody', 'pass', {}, UP, 'No tag or name tells of another tool that manages the node group.'],
  [
    'managed-by',
    'warn',
    {
      nodegroup: nodegroup({
        tags: { ManagedBy: 'terraform' },
        launchTemplate: { id: 'lt-1', name: 'eksctl-prod-nodegroup-workers' },
      }),
      templates: known([]),
    },
    UP,
    'Will drift from Terraform (tag ManagedBy = terraform); eksctl (launch template eksctl-prod-nodegroup-workers). Make the same change there, or the tool may undo it.',
  ],
] as const satisfies readonly Row[];

/** No choice that is valid leads to these. */
const UNREACHABLE: Readonly<Record<Exclude<CheckCode, (typeof ROWS)[number][0]>, true>> = {
  'skew-unknown': true,
};

function checksOf(parts: Partial<Situation>, choice = UP): readonly Check[] {
  const planned = planUpdate(situation(parts), choice, NOW);
  if (!planned.valid) throw new Error(JSON.stringify(planned.problems));
  return planned.plan.checks;
}

describe('each finding', () => {
  it.each<Row>(ROWS)('%s', (code, verdict, parts, choice, sentence) => {
    const found = checksOf(parts, choice).find((one) => one.code === code);
    if (!found)
      throw new Error(
        checksOf(parts, choice)
          .map((one) => one.code)
          .join(' '),
      );
    expect(found.verdict).toBe(verdict);
    const words = checkWords(found);
    expect(words).toBe(sentence);
    expectPlainWords(words);
    expectPlainWords(checkTitle(found.id));
    expectPlainWords(verdictHeading(found.verdict));
  });

  it('is there once for each check', () => {
    const ids = checksOf({}).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(checksOf({}).map(({ code }) => code)).not.toContain(Object.keys(UNREACHABLE)[0]);
  });

  it('counts free addresses by zone, and takes exactly enough for enough', () => {
    const addresses = (...subnets: readonly Subnet[]) =>
      checksOf({ subnets: known(subnets) }).find(({ id }) => id === 'free-addresses')?.code;
    const ids = ['subnet-a', 'subnet-b'] as const;
    expect(addresses(subnet(ids[0], 2), subnet(ids[1], 2))).toBe('addresses-enough');
    expect(addresses(subnet(ids[0], 2), subnet(ids[1], 1))).toBe('addresses-short');
    expect(addresses(subnet(ids[0], 3), subnet(ids[1], 1))).toBe('addresses-short-in-zone');
    // Two subnets of one zone serve each other's nodes; the group then adds two in all.
    expect(addresses(subnet(ids[0], 2, 'az1'), subnet(ids[1], 0, 'az1'))).toBe('addresses-enough');
  });

  it('names an answer that did not come as such', () => {
    const failure = awsFailure('network', 'ec2', 'DescribeSubnets', { name: 'ECONNRESET' });
    const checks = checksOf({ subnets: unknown({ code: 'unanswered', failure }) });
    const found = checks.find(({ id }) => id === 'free-addresses');
    expect(found && checkWords(found)).toContain('Amazon EC2 cannot be reached (ECONNRESET)');
  });
});

describe('what a plan comes to', () => {
  const decide = (parts: Partial<Situation>, passed: readonly CheckId[] = []) =>
    decisionOf(checksOf(parts), passed);
  const errors = { insights: known([insight('ERROR')]) };
  const busy = { nodegroup: nodegroup({ status: 'UPDATING', phase: 'busy' }) };

  it('goes, asks, or stops', () => {
    expect(decide({})).toEqual({ kind: 'go' });
    expect(decide(errors)).toEqual({ kind: 'ask', checks: ['insights'] });
    expect(decide(errors, ['insights'])).toEqual({ kind: 'go' });
    expect(decide({ ...errors, ...busy }, ['insights'])).toEqual({
      kind: 'stop',
      checks: ['nodegroup-state'],
    });
    expect(decide(busy, ['nodegroup-state'])).toEqual({ kind: 'stop', checks: ['nodegroup-state'] });
  });

  it('asks before pods are ended that disruption budgets keep', () => {
    const forced = checksOf({}, { ...UP, force: true });
    expect(decisionOf(forced)).toEqual({ kind: 'ask', checks: ['drain'] });
    expect(decisionOf(forced, ['insights'])).toEqual({ kind: 'ask', checks: ['drain'] });
    expect(decisionOf(forced, ['drain'])).toEqual({ kind: 'go' });
  });

  it('says before and after, and exactly what is sent', () => {
    const planned = planUpdate(situation(), { version: '1.33', release: NEWEST, force: false }, NOW);
    expect(planned.valid && planned.plan).toMatchObject({
      before: { status: 'ACTIVE', version: '1.32', releaseVersion: '1.32.9-20260601', maxUnavailable: 1 },
      after: { version: '1.33', releaseVersion: NEWEST, ownAmi: false },
      request: { clusterName: 'prod', nodegroupName: 'workers', version: '1.33', releaseVersion: NEWEST },
    });
    const invalid = planUpdate(situation(), { force: false }, NOW);
    expect(invalid).toEqual({ valid: false, problems: [{ code: 'version-required', facts: {} }] });
  });

  it('works with nothing but the cluster and the group, and names every missing permission', () => {
    const blind = checksOf({
      nodegroup: templated,
      insights: notPermitted('eks:ListInsights'),
      versions: notPermitted('eks:DescribeClusterVersions'),
      running: notPermitted('eks:ListUpdates'),
      templates: notPermitted('ec2:DescribeLaunchTemplateVersions'),
      subnets: notPermitted('ec2:DescribeSubnets'),
      ...offeredWith(notPermitted('ssm:GetParameter')),
    });
    expect(decisionOf(blind)).toEqual({ kind: 'go' });
    expect(missingActions(blind)).toEqual([
      'ec2:DescribeLaunchTemplateVersions',
      'ec2:DescribeSubnets',
      'eks:DescribeClusterVersions',
      'eks:ListInsights',
      'eks:ListUpdates',
      'ssm:GetParameter',
    ]);
    const texts = blind.map((found) => checkWords(found)).join('\n');
    for (const action of missingActions(blind)) expect(texts).toContain(action);
  });

  it('does not call a support phase ending while it has more than 90 days', () => {
    const ending = (days: number) =>
      checksOf({
        versions: known(VERSIONS.map((version) => ({ ...version, endOfStandardSupport: NOW + days * DAY }))),
      }).find(({ id }) => id === 'support')?.code;
    expect(ending(91)).toBe('support-standard');
    expect(ending(90)).toBe('support-ending');
  });
});
