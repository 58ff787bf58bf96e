/**
 * With the rights of AmazonEKSViewPolicy alone: what compares code, lists deployments and brings an earlier one back is
 * done in full up to the request, of which the plan says what right it takes.
 */
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { compareWithDeployed } from '../../src/commands/code/compare';
import { knownChoice } from '../../src/commands/code/history/choices';
import { type ClusterHistory, readHistory } from '../../src/commands/code/history/cluster-history';
import type { HistoryDeps } from '../../src/commands/code/history/history-steps';
import { showDeployments } from '../../src/commands/code/history/show';
import { pickedAt } from '../../src/commands/code/picked-target';
import { rollBack } from '../../src/commands/code/roll-back';
import { CodeZips } from '../../src/commands/code/zips';
import { kubernetesKind } from '../../src/deploy/kubernetes/kind';
import { failureWords } from '../../src/view/messages/failure';
import type { Offer, Pressed } from '../../src/view/wizard/review';
import { inputFor, RDB, TRADING } from '../deploy/kubernetes/workloads';
import { hasty, openShop, Q_CODE, type Shop } from '../deploy/shop';
import { type Reply, ScriptedPrompts } from '../view/scripted-prompts';
import { commands, Uri, workspace } from '../view/window-stand-in';

const never = new AbortController().signal;
const TO_RDB: readonly Reply[] = [
  { to: 'Choose where', say: 'Sandbox / trading-prod / …' },
  { to: 'Choose where', say: 'Sandbox / trading-prod / tick / rdb' },
];

let shop: Shop;
/** What the two deployments before were called. */
let live: string;
let earlier: string;

beforeAll(async () => {
  shop = await openShop();
  for (const version of ['1', '2']) {
    await shop.write({ ...Q_CODE, 'version.q': `${version}\n` });
    const { id, failure } = await shop.deploy(inputFor(shop, RDB));
    expect(failure).toBeUndefined();
    await shop.follow(id);
  }
  await shop.write({ 'version.q': '3\n' });
  await shop.sandbox.control.settings({ kubernetes: { access: { [TRADING]: 'view' } } });
  const { known, unread } = await history();
  expect(unread).toEqual([]);
  const deployed = known.filter(({ how }) => how === 'deployed').map((one) => knownChoice(one).label);
  expect(deployed).toHaveLength(2);
  [live = '', earlier = ''] = deployed;
  workspace.workspaceFolders = [{ uri: Uri.file(shop.folder), name: 'code', index: 0 }];
});
afterEach(() => {
  vi.restoreAllMocks();
});
afterAll(async () => {
  workspace.workspaceFolders = [];
  await shop.close();
});

const deps: Partial<HistoryDeps> = {
  picking: {
    selected: () => undefined,
    last: { get: () => undefined, remember: async () => undefined },
    help: async () => true,
  },
  ports: async () => shop.ports,
  clock: hasty,
  prefixes: { of: () => 'slipway' } as unknown as HistoryDeps['prefixes'],
  notify: { words: failureWords } as unknown as HistoryDeps['notify'],
};

function depsOf(prompts: ScriptedPrompts, offers: Offer<never>[] = []): HistoryDeps {
  const { connection } = shop.input('').destination;
  const ask = async (offer: Offer<never>): Promise<Pressed<never>> => {
    offers.push(offer);
    return { kind: 'leave' };
  };
  const page = () => ({ ask, close: () => undefined, carriedOut: () => undefined });
  const all: Partial<HistoryDeps> = {
    ...deps,
    store: { all: () => [connection] } as unknown as HistoryDeps['store'],
    prompts,
    packer: shop.packer,
    ledger: shop.ledger,
    cacheFolder: shop.request().cacheFolder,
    zips: new CodeZips(async () => shop.ports, deps.notify!),
    reviews: { page } as unknown as HistoryDeps['reviews'],
  };
  return all as HistoryDeps;
}

async function history(): Promise<ClusterHistory> {
  const { connection } = shop.input('').destination;
  const ports = async () => shop.ports;
  const picked = await pickedAt(connection, { kind: kubernetesKind, path: RDB }, ports, never);
  return await readHistory(picked, depsOf(new ScriptedPrompts([])), never);
}

/** What the command opens in the diff editor, and what it offers on the page of a plan. */
async function shown(command: typeof rollBack, ...replies: readonly Reply[]) {
  const compared: { readonly title: unknown; readonly files: readonly unknown[] }[] = [];
  vi.spyOn(commands, 'executeCommand').mockImplementation(async (name, title, files) => {
    if (name === 'vscode.changes') compared.push({ title, files: files as readonly unknown[] });
  });
  const offers: Offer<never>[] = [];
  const prompts = new ScriptedPrompts([...TO_RDB, ...replies]);
  await command(undefined, depsOf(prompts, offers));
  prompts.expectDone();
  return { compared, offers, lists: prompts.lists };
}

test('the workspace is compared with what runs', async () => {
  const { compared } = await shown(compareWithDeployed);
  expect(compared.map(({ files }) => files.length)).toEqual([1]);
});

test('deployments are listed and compared', async () => {
  const { compared } = await shown(
    showDeployments,
    { to: 'Choose a deployment', say: earlier },
    { to: 'The deployment of', say: 'Compare with what is live now' },
  );
  expect(compared.map(({ files }) => files.length)).toEqual([1]);
  expect(live).toMatch(/\(live now\)$/);
});

test('a roll back is planned, and says which right the request takes in place of an offer to send it', async () => {
  const { offers, lists } = await shown(
    rollBack,
    { to: 'Choose what to go back to', say: earlier },
    { to: 'Choose how the pods take the code', say: 'ROLLING' },
    { to: 'Roll back trading-prod / tick / statefulset/rdb?', say: 'Show the whole plan' },
  );
  expect(JSON.stringify(lists.at(-1))).toMatch(
    /denied ."patch." on statefulsets\.apps rdb in the namespace tick/,
  );
  expect(offers.map(({ go }) => go)).toEqual([undefined]);
});
