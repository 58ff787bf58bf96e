/** The pages that rows open: which page, what it says while things are read and done, and what its buttons do. */
import { describe, expect, onTestFinished, test } from 'vitest';
import * as vscode from 'vscode';
import { openRowCommands } from '../../src/commands/open-row';
import type { ThingPageDeps } from '../../src/commands/things/deps';
import { placeOf, ThingPages } from '../../src/commands/things/thing-pages';
import type { Workload } from '../../src/model/workload';
import type { Operation } from '../../src/operations/operation';
import { commandLabel } from '../../src/view/messages/command-labels';
import { buttonsOf, type Page, type PageButton } from '../../src/view/pages/page';
import { readKey, type ThingKey, writtenKey } from '../../src/view/pages/page-key';
import type { ShownPage } from '../../src/view/pages/panels';
import type { EnvironmentNode } from '../../src/view/resources/kinds/environment';
import { PAGED } from '../../src/view/resources/kinds/table';
import { offeredCommands } from '../../src/view/resources/menus';
import { isPaged, type PagedNode, type ResourceNode } from '../../src/view/resources/node';
import type { WorkloadsSeen } from '../../src/view/resources/source';
import { pod, workload } from '../model/workloads';
import { planned } from '../operations/data';
import { temporaryFolder } from '../operations/given';
import { CODE, EXAMPLES, exampleFleet, HDB } from '../view/every-kind';
import { CONNECTION, type FleetAws, type FleetSize } from '../view/fleet-aws';
import { givenTree, type TestTree } from '../view/given-tree';
import { contributes, TEXTS } from '../view/menu-items';

const PAGED_KINDS = Object.keys(PAGED) as readonly PagedNode['kind'][];
const SIZE = { environments: 1, kdbEach: 2, clusters: 1, nodegroupsEach: 2 };

/** The command of a click; what the rows inside of a cluster need is not there. */
function openRow(things: ThingPages): ReturnType<typeof openRowCommands> {
  return openRowCommands({ things } as never);
}

const WEB = workload({ name: 'web', uid: 'w', kind: 'Deployment' });

/** Pages without panels: what was opened, and what the last one says. */
class World {
  readonly aws: FleetAws;
  readonly tree: TestTree;
  readonly shown: ShownPage[] = [];
  readonly ran: unknown[] = [];
  operations: readonly Operation[] = [];
  /** How often a page was asked to show itself anew. */
  refreshed = 0;
  onRefresh: () => void = () => undefined;
  private readonly rowListeners = new Set<(rows: readonly ResourceNode[] | undefined) => void>();
  private readonly ledgerListeners = new Set<(ids: readonly string[]) => void>();
  readonly things: ThingPages;

  /** @param folder where the rows of another window are remembered */
  constructor(size: FleetSize = SIZE, folder = temporaryFolder()) {
    this.aws = exampleFleet(size);
    this.sees(HDB, WEB);
    this.tree = givenTree(this.aws, {
      folder,
      drawn: (rows) => {
        for (const listener of this.rowListeners) listener(rows);
      },
    });
    const deps: ThingPageDeps = {
      paged: this.tree.resources.paged,
      source: this.aws.source,
      clock: this.aws.clock,
      ledger: {
        operations: () => this.operations,
        onDidChange: (listener) => {
          this.ledgerListeners.add(listener);
          return () => this.ledgerListeners.delete(listener);
        },
      },
      pages: {
        show: async (page) => void this.shown.push(page),
        refresh: () => {
          this.refreshed += 1;
          this.onRefresh();
        },
      },
      onDidChangeRows: (listener) => {
        this.rowListeners.add(listener);
        return new vscode.Disposable(() => this.rowListeners.delete(listener));
      },
      progressOf: () => ({ words: '1 of 3 nodes replaced', short: '1 of 3' }),
      outcomeWords: () => 'A budget blocks the drain.',
      forget: async (id) => void this.ran.push(['forget', id]),
      run: async (command, row) => void this.ran.push([command, row.kind]),
      showOperation: async (id) => void this.ran.push(['operation', id]),
      show: async (action, place) => void this.ran.push([action, place.nodegroup]),
    };
    this.things = new ThingPages(deps);
    onTestFinished(() => {
      for (const page of this.shown) page.closed?.();
      // Nothing listens any more.
      expect([this.rowListeners.size, this.ledgerListeners.size]).toEqual([0, 0]);
    });
  }

  /** Opens everything in the tree; one row of each kind. */
  async rows(): Promise<ReadonlyMap<string, ResourceNode>> {
    const rows = new Map<string, ResourceNode>();
    const visit = async (nodes: readonly ResourceNode[]): Promise<void> => {
      for (const node of nodes) {
        if (!rows.has(node.kind)) rows.set(node.kind, node);
        await visit(await this.tree.below(node));
      }
    };
    await visit(await this.tree.resources.children());
    await this.tree.rest();
    return rows;
  }

  /** Opens the page as a click on the row does. */
  async click(row: ResourceNode | undefined): Promise<ShownPage> {
    await openRow(this.things)['slipway.resources.open'](row);
    const page = this.shown.at(-1);
    if (!page) throw new Error('no page was opened');
    return page;
  }

  /** The page of a key, as a reload brings it back: nobody has opened the tree. */
  restored(kind: PagedNode['kind'], ...path: readonly string[]): ShownPage {
    const page = this.things.restored({ kind: 'thing', of: kind, connectionId: CONNECTION.id, path });
    if (!page) throw new Error(`there are no pages of ${kind}`);
    this.shown.push(page);
    return page;
  }

  /** What the first cluster's workloads are from now on. */
  sees(...workloads: readonly Workload[]): void {
    this.seesAll({ workloads: workloads.map((one) => ({ workload: one })), commits: new Map() });
  }

  seesAll(seen: WorkloadsSeen): void {
    this.aws.workloads = { 'fleet-0001': seen };
    this.aws.watchedWorkloads.get('fleet-0001')?.(seen);
  }

  /** Presses "Refresh", and lets all come that is asked for. */
  async refresh(page: ShownPage): Promise<void> {
    const pressed = press(page, 'Refresh');
    await this.tree.rest();
    await pressed;
  }

  changeOperations(operations: readonly Operation[]): void {
    this.operations = operations;
    for (const listener of this.ledgerListeners) listener(operations.map(({ id }) => id));
  }
}

const OPERATION: Operation = {
  ...planned(),
  id: 'op',
  kind: 'nodegroup-version',
  state: 'watching',
  subject: {
    ...planned().subject,
    connectionId: CONNECTION.id,
    path: ['fleet-0001', 'nodes-0001'],
    label: 'fleet-0001 / nodes-0001',
  },
  writer: 'w',
  steps: [],
  facts: {},
  requestIds: [],
  createdAt: Date.UTC(2026, 0, 1),
};

function button(page: Page, label: string): PageButton {
  const found = buttonsOf(page).find((one) => one.label === label);
  if (!found) throw new Error(`the page has no button "${label}"`);
  return found;
}

async function press(page: ShownPage, label: string): Promise<void> {
  await page.press(button(await page.content(), label).id);
}

const textOf = (page: Page): string => JSON.stringify(page);

describe('a click on a row', () => {
  test.each(PAGED_KINDS)('opens the page of its %s', async (kind) => {
    const world = new World();
    const row = (await world.rows()).get(kind);
    const page = await world.click(row);
    const {
      texts: [title],
      page: { is, says },
    } = EXAMPLES[kind];
    // What the list does not say is read for the page.
    await page.content();
    await world.tree.rest();
    const content = await page.content();
    expect([page.title, content.heading, content.kind]).toEqual([title, title, is]);
    for (const words of says) expect(textOf(content)).toContain(words);
    expect(textOf(content).toLowerCase()).not.toContain('reading…');
    expect(readKey(writtenKey(page.key))).toEqual(page.key);
  });

  test('on anything that stands for no thing opens none', async () => {
    const world = new World();
    const rows = await world.rows();
    for (const kind of ['connection', 'kdb', 'eks']) {
      await openRow(world.things)['slipway.resources.open'](rows.get(kind));
    }
    expect(world.shown).toEqual([]);
  });
});

describe('the buttons at the top', () => {
  test.each(PAGED_KINDS)('are in the menu of the row of a %s, and are called as there', (kind) => {
    const offered = offeredCommands(kind);
    const { commands, logs } = PAGED[kind].page;
    // Its menus name both kinds of logs that there are.
    if (logs) expect(Object.keys(offered)).toContain('slipway.code.showLogs');
    for (const command of commands) {
      expect(Object.keys(offered)).toContain(command);
      const { title = '' } = contributes.commands.find((one) => one.command === command) ?? {};
      expect(commandLabel(command).replace('…', '')).toBe(TEXTS[title.replaceAll('%', '')]?.replace('…', ''));
    }
  });

  test('lead nowhere that an environment without clusters, or a cluster without node groups, has nothing for', async () => {
    const world = new World();
    const rows = await world.rows();
    const labels = async (kind: string): Promise<readonly string[]> => {
      const page = await world.click(rows.get(kind));
      return buttonsOf(await page.content()).map(({ label }) => label);
    };
    expect(await labels('environment')).toContain('Deploy Code…');
    expect(await labels('eks-cluster')).toContain('Update Several Node Groups…');
    const row = rows.get('environment') as EnvironmentNode;
    row.environment = { ...row.environment, status: 'FAILED_CREATION', phase: 'failed' };
    world.aws.aws.nodegroups = [];
    const refreshed = world.tree.resources.refresh(rows.get('eks-cluster'));
    await world.tree.rest();
    await refreshed;
    expect(await labels('environment')).not.toContain('Deploy Code…');
    expect(await labels('eks-cluster')).not.toContain('Update Several Node Groups…');
  });

  test('say whose logs they show', async () => {
    const world = new World();
    const page = await world.click((await world.rows()).get('kdb-cluster'));
    await press(page, 'Cluster Logs');
    expect(world.ran).toEqual([['slipway.code.showLogs', 'kdb-cluster']]);
  });

  test('start their commands on the row', async () => {
    const world = new World();
    const page = await world.click((await world.rows()).get('nodegroup'));
    await press(page, 'Update Node Group…');
    await press(page, 'Check Drain');
    await press(page, 'Show Subnets');
    expect(world.ran).toEqual([
      ['slipway.nodegroup.update', 'nodegroup'],
      ['slipway.nodegroup.checkDrain', 'nodegroup'],
      ['show-subnets', 'nodes-0001'],
    ]);
  });
});

test('ids are copied whole', async () => {
  const world = new World();
  const page = await world.click((await world.rows()).get('nodegroup'));
  await press(page, 'Copy ARN');
  expect(await vscode.env.clipboard.readText()).toMatch(/^arn:aws:eks:/);
});

test('a page leads to the pages of what is in it, and of what it is in', async () => {
  const world = new World();
  const cluster = await world.click((await world.rows()).get('eks-cluster'));
  await press(cluster, 'nodes-0002');
  const group = world.shown.at(-1);
  expect(group?.key).toMatchObject({ of: 'nodegroup', path: ['fleet-0001', 'nodes-0002'] });
  if (group) await press(group, 'fleet-0001');
  expect(world.shown.at(-1)?.key).toEqual(cluster.key);
});

describe('while an operation runs', () => {
  test('its page is one click away, with how far it is, on the node group and on its cluster', async () => {
    const world = new World();
    const rows = await world.rows();
    world.operations = [OPERATION];
    for (const kind of ['nodegroup', 'eks-cluster']) {
      const page = await world.click(rows.get(kind));
      const [notice] = (await page.content()).notices;
      expect(notice).toMatchObject({ tone: 'running', text: '1 of 3 nodes replaced' });
      await press(page, 'Show Operation');
    }
    expect(world.ran).toEqual([
      ['operation', 'op'],
      ['operation', 'op'],
    ]);
  });

  test('a cluster lists what was deployed to its workloads, and a node group does not', async () => {
    const world = new World();
    const rows = await world.rows();
    const subject = { ...OPERATION.subject, path: ['fleet-0001', 'tick', 'StatefulSet/hdb'] };
    world.operations = [{ ...OPERATION, kind: 'code-kubernetes', subject }];
    const cluster = await (await world.click(rows.get('eks-cluster'))).content();
    expect(cluster.notices[0]?.title).toContain('tick / StatefulSet/hdb');
    expect(JSON.stringify(cluster.sections.find(({ id }) => id === 'operations'))).toContain('Deploy code');
    expect((await (await world.click(rows.get('nodegroup'))).content()).notices).toEqual([]);
  });

  test('the page shows itself anew with each news of the ledger, and says how it ended', async () => {
    const world = new World();
    const page = await world.click((await world.rows()).get('nodegroup'));
    expect((await page.content()).notices).toEqual([]);
    world.changeOperations([OPERATION]);
    expect(world.refreshed).toBe(1);
    world.changeOperations([{ ...OPERATION, state: 'failed', endedAt: OPERATION.createdAt + 60_000 }]);
    const { notices, sections } = await page.content();
    expect(notices).toEqual([]);
    expect(JSON.stringify(sections[0])).toContain('A budget blocks the drain.');
  });

  test('of another thing the page says nothing', async () => {
    const world = new World();
    const rows = await world.rows();
    world.operations = [{ ...OPERATION, subject: { ...OPERATION.subject, path: ['fleet-0001', 'other'] } }];
    expect((await (await world.click(rows.get('nodegroup'))).content()).notices).toEqual([]);
    expect((await (await world.click(rows.get('environment'))).content()).notices).toEqual([]);
  });

  test('what a kdb cluster runs is read again once the deployment has ended', async () => {
    const world = new World();
    const page = await world.click((await world.rows()).get('kdb-cluster'));
    await page.content();
    await world.tree.rest();
    const deployment: Operation = {
      ...OPERATION,
      kind: 'code',
      subject: { ...OPERATION.subject, path: ['env-0001', 'kdb-0001'] },
    };
    world.changeOperations([deployment]);
    world.aws.configuration = { initializationScript: 'new.q', commandLineArguments: [] };
    world.changeOperations([{ ...deployment, state: 'succeeded', endedAt: deployment.createdAt + 1 }]);
    await world.tree.rest();
    await page.content();
    await world.tree.rest();
    expect(textOf(await page.content())).toContain('new.q');
  });
});

test('a page shows itself anew when its row, or one in it, is read again, and not for others', async () => {
  const world = new World({ ...SIZE, clusters: 2 });
  const rows = await world.rows();
  await world.click(rows.get('eks-cluster'));
  world.aws.aws.nodegroups = world.aws.aws.nodegroups.map((group) => ({
    ...group,
    releaseVersion: '1.32.9-20260801',
  }));
  world.refreshed = 0;
  await world.tree.resources.refresh(rows.get('nodegroup'));
  await world.tree.rest();
  expect(world.refreshed).toBeGreaterThan(0);
  world.refreshed = 0;
  const other = world.tree.resources.find(CONNECTION.id, ['fleet-0002', 'nodes-0001']);
  if (!other) throw new Error('there is no second cluster');
  world.tree.resources.redraw(other);
  await world.tree.rest();
  expect(world.refreshed).toBe(0);
});

describe('after a reload', () => {
  test('a node group is read with the fewest requests, though nobody opens the tree', async () => {
    const world = new World();
    const page = world.restored('nodegroup', 'fleet-0001', 'nodes-0001');
    expect((await page.content()).state.text).toBe('Reading…');
    await world.tree.rest();
    const content = await page.content();
    expect(textOf(content)).toContain('one version behind the control plane (1.33)');
    const { describeCluster, describeNodegroup, listClusters, listNodegroups } = world.aws.takeCounts();
    expect([describeCluster, describeNodegroup, listClusters, listNodegroups]).toEqual([
      1,
      1,
      undefined,
      undefined,
    ]);
  });

  test('a kdb cluster is found in its list', async () => {
    const world = new World();
    const page = world.restored('kdb-cluster', 'env-0001', 'kdb-0002');
    await page.content();
    await world.tree.rest();
    await page.content();
    await world.tree.rest();
    expect(textOf(await page.content())).toContain('init.q');
  });

  test('what AWS lists no longer is said to be gone', async () => {
    const world = new World();
    const page = world.restored('kdb-cluster', 'env-0001', 'gone');
    await page.content();
    await world.tree.rest();
    expect((await page.content()).state.text).toBe('No longer there');
  });

  test('a connection that would ask for a log-in is not asked before the user wants it', async () => {
    const world = new World();
    world.aws.wantsLogin = true;
    const page = world.restored('environment', 'env-0001');
    await page.content();
    await world.tree.rest();
    expect((await page.content()).state.text).toBe('Not read since the window was reloaded');
    expect(world.aws.sent).toEqual([]);
    await world.refresh(page);
    expect(textOf(await page.content())).toContain('use1-az4');
  });

  test.each([
    ['environment', ['env-0001']],
    ['eks-cluster', ['fleet-0001']],
    ['nodegroup', ['fleet-0001', 'nodes-0001']],
  ] as const)('nor where its %s is not remembered', async (kind, path) => {
    const world = new World();
    world.aws.wantsLogin = true;
    const page = world.restored(kind, ...path);
    await page.content();
    await world.tree.rest();
    expect((await page.content()).state.text).toBe('Not read since the window was reloaded');
    expect(world.aws.sent).toEqual([]);
  });

  test.each([
    ['environment', 'env-0001', 'kdb-0001', 'listClusters'],
    ['eks-cluster', 'fleet-0001', 'nodes-0001', 'listNodegroups'],
  ] as const)(
    'nor where its %s is remembered: what is in it is read after the log-in',
    async (kind, name, inner, list) => {
      const before = new World();
      await before.rows();
      await before.tree.end();
      const world = new World(SIZE, before.tree.folder);
      world.aws.wantsLogin = true;
      const page = world.restored(kind, name);
      await page.content();
      await world.tree.rest();
      await page.content();
      await world.tree.rest();
      const told = textOf(await page.content());
      expect(told).toContain(inner);
      expect(told).toContain('AWS would ask for a sign-in first, so it was not asked.');
      expect(world.aws.sent).toEqual([]);
      world.aws.wantsLogin = false;
      await page.content();
      await world.tree.rest();
      expect(world.aws.takeCounts()[list]).toBe(1);
      expect(textOf(await page.content())).not.toContain('AWS would ask for a sign-in first');
    },
  );

  test('what is in an environment is not said to be nothing while AWS is not asked', async () => {
    const before = new World();
    const [connection] = await before.tree.resources.children();
    if (!connection) throw new Error('there is no connection');
    await before.tree.below(connection);
    await before.tree.open(await before.tree.kdb());
    await before.tree.rest();
    await before.tree.end();
    const world = new World(SIZE, before.tree.folder);
    world.aws.wantsLogin = true;
    const page = world.restored('environment', 'env-0001');
    await page.content();
    await world.tree.rest();
    await page.content();
    await world.tree.rest();
    const told = textOf(await page.content());
    expect(told).not.toContain('No clusters in this environment.');
    expect(told).toContain('AWS would ask for a sign-in first, so it was not asked.');
    expect(world.aws.sent).toEqual([]);
  });

  test('a list that cannot be read says why, and Refresh asks again', async () => {
    const world = new World();
    world.aws.isDown = true;
    const page = world.restored('environment', 'env-0001');
    await page.content();
    await world.tree.rest();
    const { state, sections } = await page.content();
    expect(state.text).toBe('Could not be read');
    expect(JSON.stringify(sections[0])).toContain('cannot be reached');
    world.aws.isDown = false;
    await world.refresh(page);
    expect((await page.content()).state.text).toBe('Ready');
  });

  test('a page of a kind that there is no more is none', () => {
    const key: ThingKey = { kind: 'thing', of: 'warehouse', connectionId: CONNECTION.id, path: ['a'] };
    expect(new World().things.restored(key)).toBeUndefined();
  });
});

describe('the page of a workload', () => {
  const path = ['fleet-0001', 'tick', 'statefulset/hdb'] as const;
  const rolling = { ...HDB, rollout: { ...HDB.rollout, ready: 2, updated: 2, updateRevision: 'hdb-2' } };

  async function reached(world: World, ...at: readonly string[]): Promise<ShownPage> {
    const page = world.restored('workload', ...at);
    await page.content();
    await world.tree.rest();
    return page;
  }

  test('is found again by its two names, with nothing listed but the workloads of its cluster', async () => {
    const world = new World();
    const page = await reached(world, ...path);
    expect((await page.content()).heading).toBe('tick/hdb');
    const { listClusters, listNodegroups } = world.aws.takeCounts();
    expect([listClusters, listNodegroups]).toEqual([undefined, undefined]);
  });

  test('is told what happens in the cluster, though nobody sees the tree, until it is closed', async () => {
    const world = new World();
    world.tree.resources.visible(false);
    const page = await reached(world, ...path);
    world.refreshed = 0;
    const trouble = pod({ containers: [{ name: 'q', restarts: 3, waiting: 'CrashLoopBackOff' }] });
    world.seesAll({ workloads: [{ workload: rolling, pods: [trouble] }], commits: new Map() });
    await world.tree.rest();
    expect(world.refreshed).toBeGreaterThan(0);
    const { state, sections } = await page.content();
    expect(state).toEqual({ tone: 'error', text: 'Failing: CrashLoopBackOff' });
    expect(JSON.stringify(sections[0])).toContain('Pod hdb-2, container q: CrashLoopBackOff');
    await press(page, 'Pod Logs');
    expect(world.ran).toEqual([['slipway.code.showLogs', 'workload']]);
    page.closed?.();
    expect([...world.aws.watchedWorkloads.keys()]).toEqual([]);
  });

  test('shows the snippet where nothing would load code, after a reload, too', async () => {
    const world = new World();
    const page = await reached(world, 'fleet-0001', 'tick', 'deployment/web');
    expect(textOf(await page.content())).toContain('It is not set up to take code');
    await press(page, 'Show Workload Snippet…');
    expect(world.ran).toEqual([['slipway.workload.showSnippet', 'workload']]);
  });

  test('has no snippet where the convention is kept', async () => {
    const page = await reached(new World(), ...path);
    expect(textOf(await page.content())).not.toContain('Show Workload Snippet…');
  });

  test('says what annotations of others leave unknown', async () => {
    const world = new World();
    world.sees({ ...HDB, annotations: { ...CODE, 'slipway.dev/arguments': 'four' } });
    const page = await reached(world, ...path);
    expect(textOf(await page.content())).toContain('slipway.dev/arguments');
  });

  test('says that the workload is gone once the cluster has it no longer', async () => {
    const world = new World();
    const page = await reached(world, ...path);
    world.sees(WEB);
    await world.tree.rest();
    await page.content();
    await world.tree.rest();
    const { state, sections } = await page.content();
    expect(state.text).toBe('No longer there');
    expect(JSON.stringify(sections)).toContain('Its cluster does not have it any more');
  });

  test('says why the cluster could not be asked', async () => {
    const world = new World();
    const unread = { kind: 'unexpected', message: 'no route' } as const;
    world.seesAll({ workloads: [], unread, commits: new Map() });
    const page = await reached(world, ...path);
    const { state, sections } = await page.content();
    expect(state.text).toBe('Could not be read');
    expect(JSON.stringify(sections)).toContain('no route');
  });

  test('follows its deployment, and looks again once that has ended', async () => {
    const world = new World();
    const page = await reached(world, ...path);
    const deployment: Operation = {
      ...OPERATION,
      kind: 'code-kubernetes',
      subject: { ...OPERATION.subject, path },
    };
    world.changeOperations([deployment]);
    expect((await page.content()).notices).toHaveLength(1);
    world.aws.workloads = { 'fleet-0001': { workloads: [{ workload: rolling }], commits: new Map() } };
    world.changeOperations([{ ...deployment, state: 'succeeded', endedAt: deployment.createdAt + 1 }]);
    await world.tree.rest();
    expect((await page.content()).state.text).toBe('Rolling 2 of 3');
  });
});

test('Refresh reads the row and what is in it again', async () => {
  const world = new World();
  const rows = await world.rows();
  const page = await world.click(rows.get('eks-cluster'));
  await page.content();
  world.aws.takeCounts();
  await world.refresh(page);
  const { describeCluster, listNodegroups } = world.aws.takeCounts();
  expect([describeCluster, listNodegroups]).toEqual([1, 1]);
});

test.each(['eks-cluster', 'nodegroup'])(
  'Refresh shows when the %s was read, though nothing is new',
  async (kind) => {
    const world = new World();
    const page = await world.click((await world.rows()).get(kind));
    const readTime = async (): Promise<string> =>
      JSON.stringify((await page.content()).about).replace(/"text":"[^"]*"/g, '');
    const before = await readTime();
    let shown = Promise.resolve(before);
    world.onRefresh = () => {
      shown = readTime();
    };
    await world.refresh(page);
    expect(await shown).not.toBe(before);
    expect(await shown).toBe(await readTime());
  },
);

test('a page finds its row again by its place', async () => {
  const world = new World();
  for (const row of (await world.rows()).values()) {
    if (isPaged(row)) expect(world.tree.resources.paged.find(placeOf(row))).toBe(row);
  }
});
