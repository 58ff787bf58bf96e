/** Whatever others wrote, a page is built as it would be with harmless words, and an export can be read back. */
import { describe, expect, test } from 'vitest';
import type { AskedPod } from '../../src/drain/ask-evictions';
import type { InsightDetails } from '../../src/model/eks';
import { drainReadiness } from '../../src/nodegroup/checks/drain-readiness';
import type { Readiness } from '../../src/nodegroup/readiness/readiness';
import { csv, jsonLines } from '../../src/operations/export';
import type { Operation } from '../../src/operations/operation';
import { code, plain } from '../../src/view/markdown';
import { readinessMarkdown } from '../../src/view/messages/nodegroup';
import { bodyHtml } from '../../src/view/pages/html/body';
import { KeptLines } from '../../src/view/pages/logs/kept-lines';
import { linesText, logPage } from '../../src/view/pages/logs/log-page';
import type { Page } from '../../src/view/pages/page';
import { readinessPage } from '../../src/view/pages/readiness/readiness-page';
import { drainContent } from '../../src/view/pages/reads/drain';
import { insightsContent } from '../../src/view/pages/reads/insights';
import { launchTemplateContent, subnetsContent } from '../../src/view/pages/reads/node-parts';
import { heldPodsContent, podContent } from '../../src/view/pages/reads/pods';
import { type ReadContent, readPage } from '../../src/view/pages/reads/read-page';
import { updatesContent } from '../../src/view/pages/reads/updates';
import { webCell } from '../../src/view/pages/things/buttons';
import { budget, drainFacts, pod } from '../drain/cluster';
import { EVERY_BLOCKER } from '../drain/every-blocker';
import { cluster, insight, nodegroup, subnet, template, update } from '../nodegroup/nouns';
import { awsFailure, planned, request } from '../operations/data';
import { expectHarmless, expectSameStructure, HOSTILE, MARK, poisoned, UNSEEN } from './hostile';

/** `reason` and `id` are others' words there. */
const FREE = new Set(['kind', 'code', 'phase', 'state']);

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

function readinessOf(text: string): Readiness {
  return {
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
  } as unknown as Readiness;
}

function notSeen(message: string): Parameters<typeof drainReadiness>[0] {
  return { known: false, why: { kind: 'unexpected', message } };
}

function drainCheck(text: string): ReturnType<typeof drainReadiness> {
  const drain = { facts: drainFacts({ budgets: [budget({ disruptionsAllowed: 0 })] }), unread: [] };
  const check = drainReadiness({ known: true, value: drain }, { force: false }, {}, 0);
  return poisoned(check, text, new Set([...OURS_IN_DRAINS, 'id', 'verdict', 'remedy']));
}

function linesOf(text: string): KeptLines {
  const lines = new KeptLines();
  lines.add({
    lines: [
      { at: 0, stream: text, text },
      { at: 1, stream: 's', text },
    ],
  });
  return lines;
}

/** Every page, made of a text that stands wherever somebody else's can. */
const PAGES: Readonly<Record<string, (text: string) => string>> = {
  readiness: (text) => readinessMarkdown(readinessOf(text)),
};

describe.each(Object.entries(PAGES))('%s', (_, pageOf) => {
  test.each(Object.entries(HOSTILE))('with %s', (_name, hostile) => {
    const page = pageOf(hostile);
    expectHarmless({ place: 'markdown', text: page });
    expectSameStructure(page, pageOf('harmless'));
    expect(page).toContain(MARK);
  });
});

const POD = (text: string): Parameters<typeof podContent>[0] => ({
  pod: { namespace: text, name: text, uid: text },
  blockers: poisoned(EVERY_BLOCKER, text, OURS_IN_DRAINS),
  events: [{ uid: text, type: text, reason: text, message: text, count: 1, at: 0 }],
  // The lines of a log stay lines.
  log: { code: 'text', text: text.replaceAll(/\s/g, ' '), previous: false },
});

function read(text: string, content: ReadContent): Page {
  const failure = { why: text, canSignIn: true };
  return readPage(
    { kind: 'k', heading: text, connection: text, read: { content, at: 0 }, isReading: false, failure },
    0,
  );
}

/** A page of elements, by the text that stands wherever somebody else's can. */
const ELEMENTS: Readonly<Record<string, (text: string) => Page>> = {
  'the readiness of a cluster': (text) =>
    readinessPage({
      cluster: text,
      connection: text,
      readiness: readinessOf(text),
      drains: [
        { nodegroup: text, check: drainCheck(text) },
        { nodegroup: 'b', check: drainReadiness(notSeen(text), { force: false }, {}, 0) },
      ],
      isReading: false,
      everyMinutes: 1,
      failure: { why: text, canSignIn: true },
    }),
  'a drain': (text) =>
    read(
      text,
      drainContent({
        clusterArn: text,
        nodes: 1,
        pods: 2,
        blockers: poisoned(EVERY_BLOCKER, text, OURS_IN_DRAINS),
        unread: [{ part: 'budgets', failure: { kind: 'unexpected', message: text } }],
        asked: poisoned(ASKED, text, OURS_IN_DRAINS),
      }),
    ),
  'held pods': (text) =>
    read(
      text,
      heldPodsContent(
        [
          POD(text),
          {
            ...POD(text),
            events: { failure: { kind: 'unexpected', message: text } },
            log: { code: 'not-started', message: text },
          },
        ],
        text,
        0,
      ),
    ),
  'a pod': (text) => read(text, podContent(POD(text), text, 0)),
  'a history of updates': (text) =>
    read(
      text,
      updatesContent(poisoned(UPDATES, text, FREE), () => text, 0),
    ),
  'upgrade insights': (text) =>
    read(text, insightsContent([{ insight: poisoned(INSIGHT, text, FREE), notKnown: text }], 0)),
  subnets: (text) => read(text, subnetsContent(poisoned([subnet('a', 1)], text, FREE))),
  'a launch template': (text) =>
    read(
      text,
      launchTemplateContent(
        poisoned(
          [template(1, { imageId: 'i', instanceType: 't', description: 'd', createdAt: 1, createdBy: 'b' })],
          text,
          FREE,
        ),
        '1',
        0,
      ),
    ),
  'a log that cannot be read': (text) =>
    logPage(
      { label: text, about: [{ kind: 'code', text }] },
      { kind: 'failed', why: text, canSignIn: true },
      linesOf(text),
    ),
};

describe.each(Object.entries(ELEMENTS))('%s', (_, pageOf) => {
  /** Without texts and values of attributes, which are quoted. */
  const structureOf = (text: string): string =>
    bodyHtml(pageOf(text))
      .replaceAll(/"[^"]*"/g, '""')
      .replaceAll(/>[^<]*</g, '><');
  test.each(Object.entries(HOSTILE))('with %s', (_name, hostile) => {
    const html = bodyHtml(pageOf(hostile));
    expect(html.replaceAll('\n', '')).not.toMatch(UNSEEN);
    expect(html).toContain(MARK);
    expect(structureOf(hostile)).toBe(structureOf('harmless'));
  });
});

test.each(Object.entries(HOSTILE))('a log as text, with %s', (_, hostile) => {
  const text = linesText(linesOf(hostile));
  expect(text.replaceAll('\n', '')).not.toMatch(UNSEEN);
  expect(text).toContain(MARK);
  // Two entries, and whatever belongs to them stands further in.
  expect(text.split('\n').filter((line) => line !== '' && !line.startsWith('    '))).toHaveLength(2);
});

test.each([
  ['https://docs.aws.amazon.com/eks/a?b=c', true],
  ['command:workbench.action.quit', false],
  ['https://x> <command:y', false],
  ['https://x\u202E', false],
])('an address is a link where it leads to the web: %s', (address, isLink) => {
  expect(webCell(address)).toMatchObject({ kind: isLink ? 'link' : 'code' });
});

test('text that is harmless stays readable in Markdown', () => {
  expect(plain('Deploy to prod / rdb-1, 3.5 MB: 10 of 12 done')).toBe(
    'Deploy to prod / rdb-1, 3.5 MB: 10 of 12 done',
  );
  expect(code('a|b `c`')).toBe('`` a\\|b `c` ``');
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
