/** One list over all connections: what is at the top, what comes when, and what is said where a list cannot be read. */
import { expect, test } from 'vitest';
import {
  askFlat,
  type FlatQuestion,
  type LikelyThing,
  type ThingSource,
} from '../../src/commands/pick/flat-list';
import { askFlatMany } from '../../src/commands/pick/flat-many';
import { type Listed, orUnread } from '../../src/commands/pick/listed';
import { sourcesOf } from '../../src/commands/pick/place';
import { finspaceKind } from '../../src/deploy/finspace/kind';
import { kubernetesKind } from '../../src/deploy/kubernetes/kind';
import { connectionOf } from '../../src/model/connection';
import { failed } from '../../src/model/failure';
import { type Choice, LEFT, type Prompts } from '../../src/view/wizard/prompts';

const PROD = connectionOf({ kind: 'profile', profile: 'prod' }, 'eu-west-1');
const SANDBOX = connectionOf({ kind: 'sandbox' }, 'us-east-1');

type Page = readonly Listed<string>[];

const thing = (name: string): Listed<string> => ({
  kind: 'thing',
  thing: name,
  label: name,
  icon: 'database',
});

function source(
  connection: typeof PROD,
  list: () => AsyncIterable<Page>,
  inside: (within: readonly string[]) => () => AsyncIterable<Page> = () => list,
  none = 'There are none',
): ThingSource<string> {
  return {
    connection,
    list,
    inside: (within) => source(connection, inside(within), inside, `None in ${within.join(' / ')}`),
    none: () => none,
  };
}

async function* pages(...all: readonly Page[]): AsyncGenerator<Page, void> {
  for (const page of all) yield page;
}

/** The rows of a list each time that they changed, and what was asked of whoever helps. */
async function ask(
  sources: readonly ThingSource<string>[],
  picks: readonly string[],
  likely: readonly LikelyThing<string>[] = [],
  helps = true,
) {
  const shown: (readonly string[])[] = [];
  const rows: (readonly Choice<unknown>[])[] = [];
  const helped: string[] = [];
  const waiting = [...picks];
  const pick: Prompts['pick'] = async (_heading, { choices }) => {
    if (typeof choices !== 'function') throw new Error('the rows of this list come');
    const all = await choices(new AbortController().signal, (soFar) =>
      shown.push(soFar.map(({ label }) => label)),
    );
    rows.push(all);
    const label = waiting.shift();
    if (label === undefined) return LEFT;
    const found = all.find((one) => one.label === label);
    if (!found) throw new Error(`"${label}" is none of ${all.map((one) => one.label).join(', ')}`);
    return found.value;
  };
  const never = (): never => {
    throw new Error('only lists are asked');
  };
  const prompts: Prompts = { pick, pickMany: never, input: never, wait: never };
  const question: FlatQuestion<string> = {
    placeholder: 'Choose',
    sources: () => sources,
    likely,
    isSame: (one, other) => one.connection.id === other.connection.id && one.thing === other.thing,
    empty: 'No connection',
    help: async (remedy, connection) => {
      helped.push(`${remedy} ${connection.id}`);
      return helps;
    },
  };
  const answer = await askFlat(
    { prompts, heading: { title: '', step: 1, totalSteps: 1, canGoBack: false } },
    question,
  );
  return { answer, shown, rows, helped };
}

const DENIED = failed({
  kind: 'credentials',
  problem: 'sso-login',
  profile: 'prod',
  message: 'The SSO session has expired',
});

test('rows show as they come, and stay where they are', async () => {
  let open: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const slow = source(PROD, async function* () {
    await gate;
    yield [thing('trades / rdb')];
  });
  const fast = source(SANDBOX, async function* () {
    yield [thing('dev / a')];
    yield [thing('dev / b')];
    open();
  });
  const { shown, answer } = await ask([slow, fast], ['prod / trades / rdb']);
  expect(shown.slice(0, 2)).toEqual([['Sandbox / dev / a'], ['Sandbox / dev / a', 'Sandbox / dev / b']]);
  expect(shown.at(-1)).toEqual(['Sandbox / dev / a', 'Sandbox / dev / b', 'prod / trades / rdb']);
  for (const [at, rows] of shown.entries())
    expect(shown[at + 1]?.slice(0, rows.length) ?? rows).toEqual(rows);
  expect(answer).toEqual({ connection: PROD, thing: 'trades / rdb' });
});

test('what is likely stands at the top before anything has come, once, and gets its state there', async () => {
  const likely = {
    connection: SANDBOX,
    thing: 'dev / b',
    label: 'dev / b',
    icon: 'database',
    why: 'Used last',
  };
  const list = source(SANDBOX, () =>
    pages(
      [thing('dev / a')],
      [{ kind: 'thing', thing: 'dev / b', label: 'dev / b', description: 'running' }],
    ),
  );
  const { shown, rows } = await ask([list], [], [likely]);
  expect(shown[0]).toEqual(['Sandbox / dev / b']);
  expect(rows[0]).toMatchObject([
    { label: 'Sandbox / dev / b', group: 'Used last', description: 'running · us-east-1' },
    { label: 'Sandbox / dev / a', group: 'All', description: 'us-east-1' },
  ]);
});

test('a connection that cannot be read is one row that says why, whatever is typed, beside those that can', async () => {
  const broken = source(PROD, async function* () {
    yield [];
    throw DENIED;
  });
  const { rows } = await ask([broken, broken, source(SANDBOX, () => pages([thing('dev / a')]))], []);
  const failures = (rows[0] ?? []).filter(({ icon }) => icon === 'error');
  expect(failures).toMatchObject([
    { label: 'prod: Not signed in', description: 'Sign In · eu-west-1', always: true },
  ]);
  expect(failures[0]?.detail).toContain('aws sso login --profile prod');
  expect(rows[0]).toHaveLength(2);
});

test('a part that cannot be read and a connection with nothing in it are said, too', async () => {
  const partly = source(SANDBOX, async function* () {
    yield [thing('dev / a')];
    yield await orUnread<string>('locked', () => Promise.reject(DENIED));
  });
  const { rows } = await ask([partly, source(PROD, () => pages())], []);
  expect((rows[0] ?? []).map(({ label }) => label).toSorted()).toEqual([
    'Sandbox / dev / a',
    'Sandbox / locked: Not signed in',
    'prod: There are none',
  ]);
});

test('taken, a row that says why does what helps, and the list is read again; what only says something asks on', async () => {
  let isSignedIn = false;
  const list = source(PROD, async function* () {
    if (!isSignedIn) {
      isSignedIn = true;
      throw DENIED;
    }
    yield [thing('trades / rdb')];
  });
  const none = source(SANDBOX, () => pages());
  const { answer, helped } = await ask(
    [list, none],
    ['prod: Not signed in', 'Sandbox: There are none', 'prod / trades / rdb'],
  );
  expect(helped).toEqual([`signIn ${PROD.id}`]);
  expect(answer).toEqual({ connection: PROD, thing: 'trades / rdb' });
  const left = await ask(
    [source(PROD, () => pages([{ kind: 'unread', failure: DENIED.failure }]))],
    ['prod: Not signed in'],
    [],
    false,
  );
  expect(left.answer).toBe(LEFT);
});

const CLUSTERS: Page = [{ kind: 'holder', within: ['trading'], label: 'trading', icon: 'layers' }];

test('what is long is listed once the row that holds it is taken', async () => {
  const asked: (readonly string[])[] = [];
  const list = source(
    PROD,
    () => pages(CLUSTERS),
    (within) => {
      asked.push(within);
      return () => pages([thing('trading / quotes / gateway')]);
    },
  );
  const { answer } = await ask([list], ['prod / trading / …', 'prod / trading / quotes / gateway']);
  expect(answer).toEqual({ connection: PROD, thing: 'trading / quotes / gateway' });
  expect(asked).toEqual([['trading']]);
});

test('where nothing is inside what was opened, the words are about that', async () => {
  const list = source(
    PROD,
    () => pages(CLUSTERS),
    () => () => pages(),
  );
  const opened = 'prod / trading / …';
  const { rows } = await ask([list], [opened]);
  expect(rows[1]?.map(({ label }) => label)).toEqual(['prod: None in trading']);
  const { lists } = await askMany(list, [[opened]]);
  expect(lists[1]?.rows).toEqual(['scratch', 'prod: None in trading']);
});

test('an empty list of places says what there is none of, at each depth', () => {
  const deps = { store: { all: () => [PROD] } as never, ports: async () => Promise.reject(DENIED) };
  const [workloads] = sourcesOf(deps, { kind: kubernetesKind });
  const cluster = workloads?.inside(['trading']);
  expect([workloads?.none(), cluster?.none(), cluster?.inside(['trading', 'quoets']).none()]).toEqual([
    'There are no EKS clusters in this region',
    'There are no workloads in trading',
    'trading / quoets has no workloads that are not set up for code',
  ]);
  const environment = { kind: finspaceKind, connection: PROD, within: ['env-1'] };
  expect(sourcesOf(deps, environment)[0]?.none()).toBe('There are no kdb clusters in this environment');
});

test('what holds things stands below the things of its connection, however early it comes', async () => {
  let open: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const holders = source(PROD, async function* () {
    yield CLUSTERS;
    open();
  });
  const slow = source(PROD, async function* () {
    await gate;
    yield [thing('trades / rdb')];
  });
  const { shown } = await ask([holders, slow], []);
  expect(shown.at(-1)).toEqual(['prod / trades / rdb', 'prod / trading / …']);
});

/** What is ticked each time that the list is asked, and what was ticked before it was. */
async function askMany(source: ThingSource<string>, ticks: readonly (readonly string[])[], helps = false) {
  const lists: { readonly rows: readonly string[]; readonly ticked: readonly string[] }[] = [];
  const placeholders: string[] = [];
  const waiting = [...ticks];
  const pickMany: Prompts['pickMany'] = async (_heading, { choices, picked, placeholder }) => {
    if (typeof choices !== 'function') throw new Error('the rows of this list come');
    const all = await choices(new AbortController().signal, () => undefined);
    const ticked = all.filter(({ value }) => picked(value)).map(({ label }) => label);
    lists.push({ rows: all.map(({ label }) => label), ticked });
    placeholders.push(placeholder);
    const wanted = waiting.shift();
    return wanted === undefined
      ? LEFT
      : all.filter(({ label }) => wanted.includes(label)).map(({ value }) => value);
  };
  const never = (): never => {
    throw new Error('only lists are asked');
  };
  const answer = await askFlatMany<string, string>(
    {
      prompts: { pick: never, pickMany, input: never, wait: never },
      heading: { title: '', step: 1, totalSteps: 1, canGoBack: false },
    },
    {
      placeholder: 'Choose',
      above: [{ value: 'scratch', label: 'scratch', group: 'Targets' }],
      sources: () => [source],
      isSame: (one, other) => one.thing === other.thing,
      ticked: (row) => row.kind === 'thing' && row.thing === 'a',
      problem: (rows) => (rows.length < 2 ? 'two or more' : undefined),
      empty: 'No connection',
      help: async () => helps,
    },
  );
  const taken =
    typeof answer === 'symbol' ? answer : answer.map((row) => (row.kind === 'above' ? row.of : row.thing));
  return { taken, lists, placeholders };
}

test('several are taken at once: a holder that is ticked gives its things, and what was ticked stays so', async () => {
  const here = source(
    SANDBOX,
    () => pages([...CLUSTERS, thing('a')]),
    () => () => pages([thing('b')]),
  );
  const holder = 'Sandbox / trading / …';
  const { taken, lists, placeholders } = await askMany(here, [
    ['scratch'],
    ['scratch', holder],
    ['scratch', 'Sandbox / b'],
  ]);
  expect(taken).toEqual(['scratch', 'b']);
  expect(lists).toEqual([
    { rows: ['scratch', 'Sandbox / a', holder], ticked: ['Sandbox / a'] },
    { rows: ['scratch', 'Sandbox / a', holder], ticked: ['scratch'] },
    { rows: ['scratch', 'Sandbox / a', 'Sandbox / b'], ticked: ['scratch'] },
  ]);
  expect(placeholders).toEqual(['Choose', 'Choose: two or more', 'Choose']);
});

test('what cannot be listed leads to what helps, and the list is left where that is to be looked at', async () => {
  const denied = source(PROD, () => {
    throw DENIED;
  });
  const { lists } = await askMany(denied, []);
  const why = lists[0]?.rows.find((label) => label.startsWith('prod: '));
  expect((await askMany(denied, [[why ?? '']])).taken).toBe(LEFT);
  const help = await askMany(denied, [['scratch'], [why ?? '']], true);
  expect(help.placeholders).toEqual(['Choose', 'Choose: two or more', 'Choose']);
});
