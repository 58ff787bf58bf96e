/** Whatever others wrote, each place of the window shows it as text and nothing else. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { showChanges, showConfigurations } from '../../src/commands/code/diffs';
import { connectionOf } from '../../src/model/connection';
import type { AwsReason, CredentialsProblem, Failure } from '../../src/model/failure';
import { failed } from '../../src/model/failure';
import type { Facts } from '../../src/model/json';
import type { Operation } from '../../src/operations/operation';
import { CodeFiles } from '../../src/view/code-files';
import { failureLine, logOf } from '../../src/view/log';
import { showBriefly, shownError } from '../../src/view/message';
import { REFUSALS } from '../../src/view/messages/refusals';
import { askMfaCode } from '../../src/view/mfa';
import { Notifier } from '../../src/view/notify';
import { OperationsTree } from '../../src/view/operations/tree';
import { withProgress } from '../../src/view/progress';
import type { EksClusterNode } from '../../src/view/resources/kinds/eks-cluster';
import type { EnvironmentNode } from '../../src/view/resources/kinds/environment';
import type { KdbClusterNode } from '../../src/view/resources/kinds/kdb-cluster';
import type { NodeRow } from '../../src/view/resources/kinds/node';
import type { NodegroupNode } from '../../src/view/resources/kinds/nodegroup';
import type { PodRow } from '../../src/view/resources/kinds/pod';
import { type KindNode, type ListedNode, THINGS } from '../../src/view/resources/kinds/table';
import type { ResourceNode } from '../../src/view/resources/node';
import type { ConnectionNode } from '../../src/view/resources/row';
import { rowOf } from '../../src/view/resources/rows';
import { tooltipOf } from '../../src/view/resources/tooltip';
import { labelText, messageText, rowText, tooltipText } from '../../src/view/shown';
import { StatusBar } from '../../src/view/status-bar';
import { vscodePrompts } from '../../src/view/wizard/vscode-prompts';
import { anyText } from '../any-text';
import { casesOf } from '../cases';
import { workload } from '../model/workloads';
import { cluster, nodegroup } from '../nodegroup/nouns';
import { awsFailure, forever, planned } from '../operations/data';
import { LISTED_KINDS, listedRow } from './example-rows';
import { expectHarmless, expectSameStructure, HOSTILE, MARK, poisoned } from './hostile';
import { channel, type Place, takeShown } from './window-stand-in';

const cases = Object.entries(HOSTILE);
const log = logOf(channel as unknown as Parameters<typeof logOf>[0]);
const notify = new Notifier(log);
const connection = connectionOf({ kind: 'profile', profile: 'me' }, 'us-east-1');
const heading = { title: 'title', step: 1, totalSteps: 2, canGoBack: true };

const REASONS: Record<AwsReason, true> = {
  'access-denied': true,
  'not-found': true,
  conflict: true,
  invalid: true,
  limit: true,
  throttled: true,
  server: true,
  network: true,
  'bad-digest': true,
  precondition: true,
  'service-ended': true,
  other: true,
};
const PROBLEMS: Record<CredentialsProblem, true> = {
  'sso-login': true,
  'console-login': true,
  mfa: true,
  'no-such-profile': true,
  expired: true,
  rejected: true,
  other: true,
};

const CODES = Object.keys(REFUSALS);

/** Facts of which each is the text, or a list of it. */
function factsOf(fact: Facts[string]): Facts {
  return new Proxy({} as Facts, { get: (_, name) => (name === 'toJSON' ? () => ({ fact }) : fact) });
}

function failuresOf(hostile: string): readonly Failure[] {
  return [
    ...(Object.keys(REASONS) as AwsReason[]).map((reason) => ({
      ...poisoned(awsFailure({ resource: 'x', requestId: 'r' }), hostile),
      reason,
    })),
    ...(Object.keys(PROBLEMS) as CredentialsProblem[]).flatMap((problem): Failure[] => [
      { kind: 'credentials', problem, profile: hostile, message: hostile },
      { kind: 'credentials', problem, message: hostile },
    ]),
    { kind: 'unexpected', message: hostile },
    ...[...CODES, 'no-such-code', hostile].flatMap((code): Failure[] => [
      { kind: 'refused', code, facts: factsOf(hostile) },
      { kind: 'refused', code, facts: factsOf([hostile, hostile]) },
    ]),
  ];
}

/** Everything that was shown is harmless, in each of these places, and the text stands somewhere in it. */
function expectShown(...places: readonly Place[]): void {
  const shown = takeShown();
  shown.forEach(expectHarmless);
  expect(new Set(shown.map(({ place }) => place))).toEqual(new Set(places));
  expect(shown.some(({ text }) => text.includes(MARK))).toBe(true);
}

test('there are codes of every room', () => {
  expect(new Set(CODES).size).toBeGreaterThan(60);
});

describe.each(cases)('%s', (_, hostile) => {
  test('in a failure of any kind: notification and log', async () => {
    takeShown();
    for (const failure of failuresOf(hostile)) {
      const cause = Object.assign(new Error(hostile), { stack: `Error: ${hostile}\n    at f (file.js:1:1)` });
      await notify.failed(`read ${hostile}`, failed(failure, cause), [
        { label: 'Show', run: () => undefined },
      ]);
      expectShown('message', 'log', 'label');
      log.warn(`resume: ${hostile}: ${failureLine(failure)}`);
      log.debug(hostile);
      expectShown('log');
    }
    await notify.warn(hostile);
    await notify.succeeded(hostile);
    expectShown('message', 'log', 'label');
  });

  test('in progress, and in words that pass', async () => {
    await withProgress(hostile, async (_signal, report) => report(hostile));
    expectShown('message');
    showBriefly(hostile, 1);
    expectShown('row');
    expect(shownError(new Error(hostile)).message).toBe(messageText(hostile));
  });

  test('in a wizard', async () => {
    const titled = { ...heading, title: hostile };
    const choice = {
      value: 1,
      label: hostile,
      description: hostile,
      detail: hostile,
      group: hostile,
      icon: 'rocket',
    };
    const { icon: _icon, ...plainChoice } = choice;
    const question = { placeholder: hostile, choices: [choice, plainChoice], empty: hostile };
    await vscodePrompts.pick(titled, question);
    await vscodePrompts.pick(titled, {
      ...question,
      choices: [],
      typed: (text) => ({ ...choice, label: text }),
    });
    await vscodePrompts.pickMany(titled, { ...question, picked: () => true });
    await vscodePrompts.wait(titled, hostile, async () => 1);
    expectShown('row', 'label');
    await vscodePrompts.input(titled, { prompt: hostile, placeholder: hostile, check: () => hostile });
    await askMfaCode(hostile, hostile, forever);
    expectShown('message', 'label');
  });

  test('in the status bar', () => {
    const bar = new StatusBar();
    const operation = {
      ...planned(),
      id: 'a',
      state: 'running',
      createdAt: 0,
      facts: {},
    } as unknown as Operation;
    const one = { ...operation, subject: { ...operation.subject, label: hostile } };
    bar.show([one], []);
    bar.show([one], ['a']);
    bar.show([one, { ...one, id: 'b' }, { ...one, id: 'c', paused: 'canary' }], ['b', 'c']);
    bar.showOnSave({ icon: 'rocket', words: hostile });
    expectShown('row', 'tooltip', 'label');
  });

  test('in rows of operations', () => {
    const operation = poisoned(
      { ...planned(), state: 'failed', createdAt: 0, endedAt: 1, facts: {} },
      hostile,
    ) as unknown as Operation;
    const row = {
      row: { key: 'k', planned: { ...planned(), subject: operation.subject } },
      state: 'waiting',
    };
    const tree = new OperationsTree(
      () => [{ ...operation, kind: hostile }],
      () => [row as never],
    );
    const [day] = tree.getChildren();
    const [node] = tree.getChildren(day);
    const [waiting] = tree.getChildren(node);
    for (const one of [day, node, waiting]) tree.getTreeItem(one!);
    expectShown('label', 'tooltip');
  });

  test('in rows of resources, and in their tooltips', async () => {
    const kinds = new Set<string>(nodesOf(hostile).map(({ kind }) => kind));
    expect(Object.keys(THINGS).filter((kind) => !kinds.has(kind))).toEqual([]);
    for (const node of nodesOf(hostile)) {
      rowOf(node, () => undefined);
      rowOf(node, () => ({ verb: hostile, since: 0 }));
      takeShown().forEach(expectHarmless);
    }
    const harmless = await tooltips('harmless');
    const found = await tooltips(hostile);
    found.forEach((text, at) => {
      expectHarmless({ place: 'markdown', text });
      expectSameStructure(text, harmless[at]!);
      expect(text).toContain(MARK);
    });
    takeShown();
  });

  test('in titles of editors, and in what cannot be opened', async () => {
    const documents = { address: () => ({}) } as never;
    const changes = { kind: 'known', added: [], changed: [], removed: [], unchanged: 0 } as const;
    const side = { kind: 'folder', folder: {} as never } as const;
    await showChanges({ title: hostile, changes, before: side, after: side }, documents);
    const configuration = { name: hostile, configuration: { commandLineArguments: [] } };
    await showConfigurations(hostile, configuration, configuration, documents);
    expectShown('label');
    const files = new CodeFiles(() => Promise.reject(new Error(hostile)));
    const query = JSON.stringify(['c', 'b', 'k', null, 1]);
    await expect(files.readFile({ path: '/a', query } as never)).rejects.toThrow(MARK);
    expectShown('message');
  });
});

function nodesOf(hostile: string): readonly ResourceNode[] {
  const top: ConnectionNode = {
    kind: 'connection',
    id: 'c',
    connection: poisoned(connection, hostile),
    identity: { accountId: hostile, arn: hostile },
  };
  const eks = { kind: 'eks', id: 'e', parent: top } as const;
  const listedOf = (kind: ListedNode['kind']): KindNode => poisonedRow(listedRow(kind), top, hostile);
  const failed = { name: 'n', status: 'S', phase: 'failed', description: 'd' } as const;
  const environment = {
    ...listedOf('environment'),
    environment: poisoned({ id: 'i', availabilityZoneIds: ['a'], ...failed }, hostile),
  } as EnvironmentNode;
  const summary = poisoned(
    { environmentId: 'i', name: 'n', type: 'RDB', status: 'S', phase: 'failed', statusReason: 'r' },
    hostile,
  );
  const code = { bucket: hostile, key: hostile, versionId: hostile };
  const details = {
    ...summary,
    configuration: {
      code,
      initializationScript: hostile,
      commandLineArguments: [{ key: hostile, value: hostile }],
    },
    nodeType: hostile,
    nodeCount: 1,
  };
  const kdbCluster = {
    ...listedOf('kdb-cluster'),
    id: 'x',
    summary,
    details,
    asOf: 0,
  } as KdbClusterNode;
  const failure = awsFailure({ message: hostile, name: hostile, reason: 'other' });
  const eksCluster = {
    kind: 'eks-cluster',
    id: 'y',
    parent: eks,
    name: hostile,
    details: poisoned(cluster(), hostile),
    assessment: {
      support: { known: false, why: { code: 'unanswered', failure } },
      attention: { items: [], unknown: [], pending: [] },
    },
  } as unknown as EksClusterNode;
  const issue = { code: 'c', message: 'm', resourceIds: ['r'] };
  const group = {
    kind: 'nodegroup',
    id: 'z',
    parent: eksCluster,
    name: hostile,
    details: poisoned(
      nodegroup({
        health: [issue],
        launchTemplate: { id: 'i', name: 'n', version: '1' },
        capacityType: 'SPOT',
      }),
      hostile,
    ),
  } as NodegroupNode;
  const broken = { kind: 'nodegroup', id: 'q', parent: eksCluster, name: hostile, failure } as NodegroupNode;
  const remembered = poisoned(
    { status: 's', phase: 'ready', amiType: 'a', version: 'v', releaseVersion: 'r' },
    hostile,
  );
  const aged = { ...broken, id: 'p', remembered, asOf: 0 } as NodegroupNode;
  const { failure: _failure, ...seen } = aged;
  const notice = { kind: 'failure', id: 'f', parent: eks, failure } as const;
  const node = {
    kind: 'node',
    id: 'm',
    parent: group,
    node: { name: hostile, state: 'ready', kubeletVersion: hostile, imageId: hostile, instanceType: hostile },
  } as NodeRow;
  const held = { namespace: hostile, name: hostile, uid: 'u' };
  const controller = { kind: hostile, name: hostile, uid: 'o' };
  const pod = {
    kind: 'pod',
    id: 'o',
    parent: node,
    pod: {
      ...held,
      phase: 'Running',
      ready: false,
      createdAt: 0,
      controller,
      waiting: [{ container: hostile, reason: hostile }],
      isLeaving: false,
      blockers: [
        {
          code: 'budget-never',
          facts: {
            budget: { namespace: hostile, name: hostile, needs: 1, has: 1 },
            relief: { relaxTo: { field: 'minAvailable', value: hostile } },
          },
          pod: held,
          node: hostile,
          gravity: 'holds',
          forced: { remade: true },
        },
      ],
    },
  } as PodRow;
  const folder = { kind: 'workloads', id: 'w', parent: eksCluster } as const;
  const annotations = { 'slipway.dev/code-uri': hostile, 'slipway.dev/code-digest': hostile };
  const failing = {
    code: 'failing',
    reason: hostile,
    pod: hostile,
    container: hostile,
    exitCode: 1,
  } as const;
  const carrying = {
    kind: 'workload',
    id: 'x',
    parent: folder,
    item: {
      workload: workload({
        name: hostile,
        namespace: hostile,
        updateStrategy: hostile,
        annotations,
        controller,
      }),
      state: failing,
      commit: hostile,
    },
  } as const;
  return [
    top,
    ...LISTED_KINDS.map(listedOf),
    environment,
    kdbCluster,
    eksCluster,
    group,
    broken,
    aged,
    seen as NodegroupNode,
    node,
    pod,
    folder,
    carrying,
    notice,
  ];
}

/** The row, and all above it but its connection, with every text another. */
function poisonedRow(row: KindNode, top: ConnectionNode, hostile: string): KindNode {
  if (row.kind === 'connection') return top;
  const { kind, id, parent, ...said } = row;
  const above = poisonedRow(parent, top, hostile);
  return { ...poisoned(said, hostile), kind, id, parent: above } as unknown as KindNode;
}

async function tooltips(hostile: string): Promise<readonly string[]> {
  const source = { services: async () => ({ finspace: {} }) } as never;
  const unread = { services: () => Promise.reject(new Error(hostile)) } as never;
  const made = [];
  for (const node of nodesOf(hostile)) {
    for (const one of [source, unread]) made.push(await tooltipOf(node, one, forever));
  }
  return made.flatMap((text) => (text === undefined ? [] : [text.value]));
}

describe('any text at all', () => {
  const part = fc.oneof(
    anyText(),
    fc.string({ unit: fc.constantFrom(...'[]()$~\\!:/ \n\r\u202E\u2028\0\uD800ab') }),
    fc.constantFrom(
      '](',
      'command:',
      '$(',
      '[a](command:b)',
      '$(trash)',
      'https://',
      ...Object.values(HOSTILE),
    ),
  );
  const text = fc.array(part, { maxLength: 8 }).map((parts) => parts.join(''));

  test.each([
    ['message', messageText],
    ['row', rowText],
    ['label', labelText],
    ['tooltip', (one: string) => tooltipText([one, one])],
  ] as const)('is harmless in a %s', (place, shown) => {
    fc.assert(
      fc.property(text, (one) => expectHarmless({ place, text: shown(one) })),
      casesOf(2_000),
    );
  });

  test('that is harmless stays as it is', () => {
    const words =
      'Deploy to prod / rdb-1? 3 files: init.q, größe.q [a] (b) $HOME $5 100 % "x" \'y\' <z> 👩‍💻';
    for (const shown of [messageText, rowText, labelText]) expect(shown(words)).toBe(words);
  });

  test('shows no secret in a message', () => {
    expect(messageText('denied: password=sesame1')).toBe('denied: password=***');
  });

  test('keeps its beginning and its end where it is too long', () => {
    expect(messageText(`Could not begin. ${'x'.repeat(10_000)} Try again.`)).toMatch(
      /^Could not begin\. x+ … x+ Try again\.$/,
    );
  });
});
