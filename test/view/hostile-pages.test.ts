/** Whatever others wrote, a page is built as it would be with harmless words, and an export can be read back. */
import { describe, expect, test } from 'vitest';
import type { DeploymentPlan } from '../../src/deploy/plan/plan';
import type { AskedPod } from '../../src/drain/ask-evictions';
import type { InsightDetails } from '../../src/model/eks';
import { planConfig } from '../../src/nodegroup/config';
import { planUpdate } from '../../src/nodegroup/plan';
import { csv, jsonLines } from '../../src/operations/export';
import type { Operation } from '../../src/operations/operation';
import { configPlanPage } from '../../src/view/documents/config-plan';
import { deploymentPlanPage } from '../../src/view/documents/deployment-plan';
import { drainPage } from '../../src/view/documents/drain';
import { heldPodsPage } from '../../src/view/documents/held-pods';
import {
  healthPage,
  insightsPage,
  launchTemplatePage,
  subnetsPage,
} from '../../src/view/documents/node-parts';
import { nodegroupPlanPage } from '../../src/view/documents/nodegroup-plan';
import { operationPage } from '../../src/view/documents/operation';
import { severalPlanPage } from '../../src/view/documents/several-plan';
import { severalPlansPage } from '../../src/view/documents/several-plans';
import { updateHistoryPage } from '../../src/view/documents/update-history';
import { code, jsonBlock, plain, webLink } from '../../src/view/markdown';
import { historyMarkdown, readinessMarkdown } from '../../src/view/messages/nodegroup';
import { FOUND } from '../deploy/findings';
import { budget, pod } from '../drain/cluster';
import { EVERY_BLOCKER } from '../drain/every-blocker';
import { cluster, insight, nodegroup, situation, subnet, template, update } from '../nodegroup/nouns';
import { awsFailure, planned, request } from '../operations/data';
import { expectHarmless, expectSameStructure, HOSTILE, MARK, poisoned, UNSEEN } from './hostile';

const KINDS = new Set([
  'kind',
  'code',
  'verdict',
  'remedy',
  'finding',
  'id',
  'action',
  'phase',
  'state',
  'reason',
]);
/** `reason` and `id` are others' words there. */
const FREE = new Set(['kind', 'code', 'phase', 'state']);

const DEPLOYMENT = {
  subject: { ...planned().subject, arn: 'arn' },
  author: { accountId: '1', arn: 'arn' },
  environmentId: 'e',
  clusterName: 'c',
  bucket: 'b',
  prefix: 'p',
  target: { name: 'target' },
  protection: { kind: 'target', name: 'target' },
  source: { kind: 'zip', at: { bucket: 'b', key: 'k', versionId: 'v' } },
  current: {
    type: 'RDB',
    status: 'RUNNING',
    statusReason: 'r',
    configuration: {
      code: { bucket: 'b', key: 'k', versionId: 'v' },
      initializationScript: 'init.q',
      commandLineArguments: [{ key: 'a', value: 'b' }],
    },
  },
  next: {
    code: { bucket: 'b', key: 'k' },
    initializationScript: 'init.q',
    commandLineArguments: [{ key: 'a', value: 'b' }],
  },
  parts: ['code'],
  strategy: 'ROLLING',
  changes: {
    kind: 'known',
    added: [{ path: 'a', size: 1 }],
    changed: [{ path: 'b', size: 1, previousSize: 2 }],
    removed: [{ path: 'c', previousSize: 1 }],
    unchanged: 1,
  },
  leftOut: [{ path: 'a', rule: 'b', source: 'c' }],
  requests: [{ service: 's3', operation: 'PutObject', input: { Bucket: 'b', Key: 'k' }, later: ['ETag'] }],
  confirmations: [],
  checks: [],
  madeAt: 0,
} as unknown as DeploymentPlan;

function deployment(text: string): DeploymentPlan {
  const checks = Object.values(FOUND).flat();
  return { ...poisoned({ ...DEPLOYMENT, checks }, text, KINDS), parts: DEPLOYMENT.parts };
}

const OPERATION = {
  ...planned({ plan: { files: ['a'] } }),
  id: 'op',
  writer: 'w',
  state: 'failed',
  author: { accountId: '1', arn: 'arn' },
  request,
  steps: [{ name: 'put', at: 1, facts: { file: 'f', list: ['a'] } }],
  facts: { statusReason: 'why', drift: [{ field: 'f' }] },
  requestIds: ['r'],
  createdAt: 0,
  sentAt: 1,
  endedAt: 2,
  outcome: { state: 'failed', facts: { why: 'w' }, failure: awsFailure() },
} as unknown as Operation;

const INSIGHT: InsightDetails = {
  ...insight('ERROR', { reason: 'r', description: 'd', kubernetesVersion: '1.33', refreshedAt: 1 }),
  recommendation: 'do',
  additionalInfo: { docs: 'd' },
  resources: [{ name: 'n', status: 's', reason: 'r' }],
};

const ERRORS = [{ code: 'c', message: 'm', resourceIds: ['r'] }];
const UPDATES = { updates: [update({ status: 'Failed', errors: ERRORS })], notRead: 1 };

function nodegroupPlan(text: string) {
  const made = planUpdate(situation(), { version: '1.33', force: false }, 0);
  if (!made.valid) throw new Error('the choice is not valid');
  return poisoned(made.plan, text, KINDS);
}

const OURS_IN_DRAINS = new Set(['kind', 'code', 'gravity', 'field', 'why']);
const ASKED: readonly AskedPod[] = [
  { pod: pod(), own: { code: 'allowed', why: 'room' }, answer: { code: 'allowed' }, agrees: true },
  { pod: pod(), own: { code: 'no-disruption-left', budget: budget() }, answer: { code: 'gone' } },
  {
    pod: pod(),
    own: { code: 'budget-behind', budget: budget() },
    answer: { code: 'refused-by-budget', message: 'm' },
    agrees: false,
  },
  { pod: pod(), own: { code: 'several-budgets', budgets: [] }, answer: { code: 'unknown', message: 'm' } },
];

/** Every page, made of a text that stands wherever somebody else's can. */
const PAGES: Readonly<Record<string, (text: string) => string>> = {
  'a plan of a deployment': (text) => deploymentPlanPage(deployment(text), () => text),
  'a plan that cannot compare': (text) => {
    const changes = { kind: 'unreadable', failure: awsFailure() } as const;
    const protection = { kind: 'target', name: text } as const;
    const { target: _target, ...plan } = deployment(text);
    return deploymentPlanPage({ ...plan, changes, protection }, () => text);
  },
  'plans of several deployments': (text) => severalPlansPage([deployment(text)], () => plain(text)),
  'an operation': (text) =>
    operationPage({
      operation: { ...poisoned(OPERATION, text, FREE), kind: text },
      failure: text,
      problem: text,
      silence: text,
      rows: [{ label: text, operation: poisoned(OPERATION, text, FREE), why: text }, { label: text }],
    }),
  'an operation seen from inside': (text) =>
    operationPage({
      operation: poisoned(OPERATION, text, FREE),
      rows: [],
      inside: {
        nodes: [
          { uid: text, name: text, isOld: true, seenAt: 1, cordonedAt: 2, drainingSince: 3, goneAt: 4 },
          { uid: text, name: text, isOld: false, seenAt: 2, readyAt: 3 },
        ],
        refused: [{ namespace: text, pod: text, message: text, at: 1 }],
        isAuditOff: false,
        held: { since: 1, pods: 2, blockers: poisoned(EVERY_BLOCKER, text, OURS_IN_DRAINS) },
        problem: { kind: 'unexpected', message: text },
      },
    }),
  'a drain': (text) =>
    drainPage({
      label: text,
      clusterArn: text,
      readAt: 0,
      nodes: 1,
      pods: 2,
      blockers: poisoned(EVERY_BLOCKER, text, OURS_IN_DRAINS),
      unread: [{ part: 'budgets', failure: { kind: 'unexpected', message: text } }],
      asked: poisoned(ASKED, text, OURS_IN_DRAINS),
    }),
  'held pods': (text) =>
    heldPodsPage({
      label: text,
      clusterArn: text,
      pods: [
        {
          pod: { namespace: text, name: text, uid: text },
          blockers: poisoned(EVERY_BLOCKER, text, OURS_IN_DRAINS),
          events: [{ uid: text, type: text, reason: text, message: text, count: 1, at: 0 }],
          // The lines of a log stay lines.
          log: { code: 'text', text: text.replaceAll(/\s/g, ' '), previous: false },
        },
        {
          pod: { namespace: text, name: text, uid: text },
          blockers: [],
          events: { failure: { kind: 'unexpected', message: text } },
          log: { code: 'not-started', message: text },
        },
      ],
    }),
  'a plan of a node group update': (text) => nodegroupPlanPage(text, nodegroupPlan(text)),
  'a plan of several updates': (text) =>
    severalPlanPage({
      label: text,
      how: [text],
      planned: [{ label: text, plan: nodegroupPlan(text) }],
      leftOut: [{ label: text, why: text }],
      missing: [text],
    }),
  'a plan of update settings': (text) => {
    const made = planConfig(situation(), { unavailable: { kind: 'nodes', count: 2 } });
    if (!made.valid) throw new Error('the choice is not valid');
    const plan = poisoned(made.plan, text, KINDS);
    return configPlanPage(text, {
      ...plan,
      before: { ...plan.before, updateStrategy: text },
      after: { ...plan.after, updateStrategy: text },
    });
  },
  'a history of updates': (text) => updateHistoryPage(text, poisoned(UPDATES, text, FREE), () => text),
  'a history in a document': (text) => historyMarkdown(text, poisoned(UPDATES, text, FREE)),
  'the health of a node group': (text) => healthPage(text, poisoned(ERRORS, text, FREE), () => text),
  'upgrade insights': (text) =>
    insightsPage(text, [{ insight: poisoned(INSIGHT, text, FREE), notKnown: text }]),
  subnets: (text) => subnetsPage(text, poisoned([subnet('a', 1)], text, FREE)),
  'a launch template': (text) =>
    launchTemplatePage(
      text,
      poisoned(
        [template(1, { imageId: 'i', instanceType: 't', description: 'd', createdAt: 1, createdBy: 'b' })],
        text,
        FREE,
      ),
      '1',
    ),
  readiness: (text) =>
    readinessMarkdown({
      ...poisoned(
        {
          cluster: cluster(),
          readAt: 0,
          support: { known: false, why: { code: 'unlisted-ami-type', amiType: 'a' } },
          next: { kind: 'offered', version: '1' },
          insights: { known: true, value: { errors: [INSIGHT], warnings: [], undecided: [], passing: 1 } },
          addons: {
            known: true,
            value: [
              {
                addon: { name: 'n', status: 's', version: 'v', health: [] },
                next: { known: true, value: { kind: 'update-after', version: 'v' } },
              },
            ],
          },
          steps: [],
        } as const,
        text,
        FREE,
      ),
      nodegroups: {
        read: [
          {
            nodegroup: poisoned(nodegroup(), text, FREE),
            attention: { items: [], unknown: [], pending: [] },
            skew: { kind: 'equal' },
            afterNext: { kind: 'equal' },
          },
        ],
        unread: [{ nodegroup: text, failure: { kind: 'unexpected', message: text } }],
      },
    } as unknown as Parameters<typeof readinessMarkdown>[0]),
};

describe.each(Object.entries(PAGES))('%s', (_, pageOf) => {
  test.each(Object.entries(HOSTILE))('with %s', (_name, hostile) => {
    const page = pageOf(hostile);
    expectHarmless({ place: 'markdown', text: page });
    expectSameStructure(page, pageOf('harmless'));
    expect(page).toContain(MARK);
  });
});

test.each([
  ['https://docs.aws.amazon.com/eks/a?b=c', '<https://docs.aws.amazon.com/eks/a?b=c>'],
  ['command:workbench.action.quit', '`command:workbench.action.quit`'],
  ['https://x> <command:y', '`https://x> <command:y`'],
  ['https://x\u202E', '`https://x‹U+202E›`'],
])('an address is a link where it leads to the web: %s', (address, link) => {
  expect(webLink(address)).toBe(link);
});

test('text that is harmless stays readable in Markdown', () => {
  expect(plain('Deploy to prod / rdb-1, 3.5 MB: 10 of 12 done')).toBe(
    'Deploy to prod / rdb-1, 3.5 MB: 10 of 12 done',
  );
  expect(code('a|b `c`')).toBe('`` a\\|b `c` ``');
  expect(JSON.parse(jsonBlock({ a: '\u202E```' }).split('\n').slice(1, -1).join('\n'))).toEqual({
    a: '\u202E```',
  });
});

describe.each(Object.entries(HOSTILE))('an export with %s', (_, hostile) => {
  const operation = poisoned(OPERATION, hostile, FREE);
  test('as JSON lines is the same data, one line each', () => {
    const text = jsonLines([operation, operation], { withArguments: true });
    expect(text.replaceAll(/[\t\r\n]/g, '')).not.toMatch(UNSEEN);
    expect(text.split(/[\n\r\u0085\u2028\u2029]/)).toHaveLength(3);
    expect(JSON.parse(text.split('\n')[0] ?? '')).toEqual(JSON.parse(JSON.stringify(operation)));
  });

  test('as CSV shows what cannot be seen, and starts no formula', () => {
    const text = csv([operation], { withArguments: true });
    expect(text.replaceAll(/[\t\r\n]/g, '')).not.toMatch(UNSEEN);
    expect(text).not.toMatch(/(^|,)"[=+\-@\t\r\n]/);
    expect(text).toContain(MARK);
  });
});
