/** How a batch of node group updates runs: its order, its canary, how many run at once, and the effect of a failure. */
import * as l10n from '@vscode/l10n';
import type { SeveralRow } from '../../../nodegroup/several/plan';
import type { BatchPlan, BatchRow } from '../../../operations/batch-plan';
import { type Answer, BACK, type Choice, LEFT } from '../../../view/wizard/prompts';
import type { Ask } from '../../../view/wizard/wizard-steps';

export type PlannedRow = Extract<SeveralRow, { readonly kind: 'planned' }>;

export interface How {
  readonly order: 'as-listed' | 'fewest-nodes-first';
  /** Key of the row that runs first and alone; the others then wait for a click. */
  readonly canary?: string;
  /** How many updates run at once: `width` in all, `perCluster` in each cluster. */
  readonly width: number;
  readonly perCluster: number;
  readonly afterFailure: BatchPlan['afterFailure'];
}

/** The default: one update at a time in each cluster, and no further update after a failure. */
export function usualHow(rows: readonly PlannedRow[]): How {
  return { order: 'as-listed', width: clusterCount(rows), perCluster: 1, afterFailure: 'stop' };
}

function clusterCount(rows: readonly PlannedRow[]): number {
  return Math.max(1, new Set(rows.map(({ group }) => group)).size);
}

/** The rows of a batch in the order in which they begin, the canary first. */
export function inOrder(
  batchRows: readonly BatchRow[],
  planned: readonly PlannedRow[],
  { order, canary }: How,
): readonly BatchRow[] {
  const nodes = new Map(planned.map(({ key, plan }) => [key, plan.pace.nodes ?? Number.POSITIVE_INFINITY]));
  const sorted =
    order === 'as-listed'
      ? batchRows
      : batchRows.toSorted((a, b) => (nodes.get(a.key) ?? 0) - (nodes.get(b.key) ?? 0));
  return [...sorted.filter(({ key }) => key === canary), ...sorted.filter(({ key }) => key !== canary)];
}

type HowRow = Choice<Setting> & Required<Pick<Choice<Setting>, 'description' | 'icon'>>;

type Setting = 'order' | 'canary' | 'width' | 'afterFailure';

/** Shows the settings, which the user can change one by one, until the user chooses to go on with them. */
export async function askHow(ask: Ask, rows: readonly PlannedRow[], usual: How): Promise<Answer<How>> {
  let how = usual;
  for (;;) {
    const chosen = await ask.prompts.pick<Setting | 'done'>(ask.heading, {
      placeholder: l10n.t('How the updates run'),
      choices: [
        { value: 'done', label: l10n.t('Go on with these'), icon: 'check', always: true },
        ...howRows(how),
      ],
    });
    if (chosen === BACK || chosen === LEFT) return chosen;
    if (chosen === 'done') return how;
    const deeper = { ...ask, heading: { ...ask.heading, canGoBack: true } };
    const changed = await askSetting(chosen, deeper, rows, how);
    if (changed === LEFT) return LEFT;
    if (changed !== BACK) how = changed;
  }
}

/** Each setting as a row. */
export function howRows(how: How): readonly HowRow[] {
  const [width = '', canary = '', afterFailure = '', order = ''] = howWords(how);
  return [
    { value: 'width', label: l10n.t('At once'), description: width, icon: 'split-horizontal' },
    { value: 'canary', label: l10n.t('Canary'), description: canary, icon: 'beaker' },
    { value: 'afterFailure', label: l10n.t('After a failure'), description: afterFailure, icon: 'error' },
    { value: 'order', label: l10n.t('Order'), description: order, icon: 'list-ordered' },
  ];
}

/** The number of updates at once, the canary, the effect of a failure, and the order, each in a few words. */
export function howWords({ order, canary, width, perCluster, afterFailure }: How): readonly string[] {
  return [
    l10n.t('{0} at once, {1} in each cluster', { 0: width, 1: perCluster }),
    canary === undefined
      ? l10n.t('no canary')
      : l10n.t('{0} first, alone, then your click', { 0: canary.replace('/', ' / ') }),
    afterFailure === 'stop' ? l10n.t('stop after a failure') : l10n.t('go on after a failure'),
    order === 'as-listed' ? l10n.t('as listed') : l10n.t('fewest nodes first'),
  ];
}

async function askSetting(
  setting: Setting,
  ask: Ask,
  rows: readonly PlannedRow[],
  how: How,
): Promise<Answer<How>> {
  switch (setting) {
    case 'order':
      return askOrder(ask, how);
    case 'canary':
      return askCanary(ask, rows, how);
    case 'width':
      return askWidth(ask, rows, how);
    case 'afterFailure':
      return askAfterFailure(ask, how);
  }
}

async function askOrder({ prompts, heading }: Ask, how: How): Promise<Answer<How>> {
  const order = await prompts.pick<How['order']>(heading, {
    placeholder: l10n.t('Choose the order in which they begin'),
    choices: [
      {
        value: 'as-listed',
        label: l10n.t('As listed'),
        description: l10n.t('by cluster'),
        icon: 'list-ordered',
      },
      { value: 'fewest-nodes-first', label: l10n.t('Fewest nodes first'), icon: 'sort-precedence' },
    ],
    active: (value) => value === how.order,
  });
  return order === BACK || order === LEFT ? order : { ...how, order };
}

async function askCanary(
  { prompts, heading }: Ask,
  rows: readonly PlannedRow[],
  how: How,
): Promise<Answer<How>> {
  const { canary: _before, ...others } = how;
  const chosen = await prompts.pick<{ readonly canary?: string }>(heading, {
    placeholder: l10n.t('Choose a node group that goes first, alone. The others wait for your click.'),
    choices: [
      { value: {}, label: l10n.t('No canary'), icon: 'circle-slash', always: true },
      ...rows.map(({ key, group }) => ({
        value: { canary: key },
        label: key.slice(group.length + 1),
        icon: 'beaker',
        group,
      })),
    ],
    active: ({ canary }) => canary === how.canary,
  });
  return chosen === BACK || chosen === LEFT ? chosen : { ...others, ...chosen };
}

async function askWidth(ask: Ask, rows: readonly PlannedRow[], how: How): Promise<Answer<How>> {
  const clusters = clusterCount(rows);
  const chosen = await ask.prompts.pick<Pick<How, 'width' | 'perCluster'> | 'typed'>(ask.heading, {
    placeholder: l10n.t('Choose how many run at once'),
    choices: [
      {
        value: { width: clusters, perCluster: 1 },
        label: l10n.t('One in each cluster'),
        description: l10n.t('{0} at once', { 0: clusters }),
        icon: 'layers',
      },
      { value: { width: 1, perCluster: 1 }, label: l10n.t('One at a time'), icon: 'arrow-down' },
      { value: 'typed', label: l10n.t('Type how many…'), icon: 'edit', always: true },
    ],
  });
  if (chosen === BACK || chosen === LEFT) return chosen;
  if (chosen !== 'typed') return { ...how, ...chosen };
  const width = await askNumber(ask, l10n.t('How many at once, in all'), how.width, rows.length);
  if (width === BACK || width === LEFT) return width;
  const perCluster = await askNumber(ask, l10n.t('How many at once in each cluster'), how.perCluster, width);
  return perCluster === BACK || perCluster === LEFT ? perCluster : { ...how, width, perCluster };
}

async function askNumber(
  { prompts, heading }: Ask,
  prompt: string,
  before: number,
  most: number,
): Promise<Answer<number>> {
  const text = await prompts.input(heading, {
    prompt,
    value: String(Math.min(before, most)),
    check: (typed) =>
      /^\d{1,3}$/.test(typed) && Number(typed) >= 1 && Number(typed) <= most
        ? undefined
        : l10n.t('Type a whole number from 1 to {most}.', { most }),
  });
  return text === BACK || text === LEFT ? text : Number(text);
}

async function askAfterFailure({ prompts, heading }: Ask, how: How): Promise<Answer<How>> {
  const afterFailure = await prompts.pick<How['afterFailure']>(heading, {
    placeholder: l10n.t('Choose what happens after one has failed'),
    choices: [
      {
        value: 'stop',
        label: l10n.t('Stop'),
        detail: l10n.t('What runs goes on; nothing more begins.'),
        icon: 'debug-stop',
      },
      {
        value: 'go-on',
        label: l10n.t('Go on'),
        detail: l10n.t('The others are updated; the failures are explained at the end.'),
        icon: 'debug-continue',
      },
    ],
    active: (value) => value === how.afterFailure,
  });
  return afterFailure === BACK || afterFailure === LEFT ? afterFailure : { ...how, afterFailure };
}
