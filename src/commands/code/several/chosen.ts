/**
 * Asks for the destinations of several deployments in one list over all connections: targets of the workspace,
 * or other places.
 */
import * as l10n from '@vscode/l10n';
import { isSamePath } from '../../../model/same-path';
import type { Choice } from '../../../view/wizard/prompts';
import { into, namedQuestion, type WizardStep } from '../../../view/wizard/wizard-steps';
import { askFlatMany, type ManyOf } from '../../pick/flat-many';
import { isSame, type KindOfThing, type PickedPlace, sourcesOf } from '../../pick/place';
import type { DeployDeps } from '../deploy';
import { isTargetOf } from '../targets/target-input';
import { targetLabel, type WorkspaceTarget } from '../targets/workspace-targets';
import type { LastRow } from './last-batch';

export interface Chosen {
  readonly targets: readonly WorkspaceTarget[];
  /** All are of one kind and one connection, since all take the same code from the same bucket. */
  readonly places: readonly PickedPlace[];
}

type Row = ManyOf<KindOfThing, WorkspaceTarget>;

/** @param last the rows of the last batch, which are ticked initially */
export function chosenStep(
  targets: readonly WorkspaceTarget[],
  last: readonly LastRow[],
  { store, ports, picking }: Pick<DeployDeps, 'store' | 'ports' | 'picking'>,
): WizardStep<object, { readonly chosen: Chosen }> {
  return namedQuestion<object, { readonly chosen: Chosen }>('connection', async (_answers, ask, now) =>
    into(
      await askFlatMany<KindOfThing, WorkspaceTarget>(ask, {
        placeholder: l10n.t('Choose two or more to deploy to; type any part of a name'),
        above: targets.map(targetChoice),
        sources: () => sourcesOf({ store, ports }, {}),
        isSame,
        ticked: (row) => (now === undefined ? last.some((one) => isAt(one, row)) : isAmong(now.chosen, row)),
        problem,
        empty: l10n.t('There is no connection yet: add one in the Slipway view'),
        help: picking.help,
      }),
      (rows) => ({
        chosen: {
          targets: rows.flatMap((row) => (row.kind === 'above' ? row.of : [])),
          places: rows.flatMap((row) =>
            row.kind === 'thing' ? { connection: row.connection, ...row.thing } : [],
          ),
        },
      }),
    ),
  );
}

function targetChoice(target: WorkspaceTarget): Choice<WorkspaceTarget> {
  return {
    value: target,
    label: targetLabel(target),
    description: target.target.path.join(' · '),
    icon: target.target.protected ? 'shield' : 'target',
    group: l10n.t('Targets'),
  };
}

/** The row's position in the last batch; rows that were not in it come last. */
export function rankIn(last: readonly LastRow[], row: Row): number {
  const at = last.findIndex((one) => isAt(one, row));
  return at < 0 ? last.length : at;
}

/**
 * Returns true if a row of the last batch deployed to the place of `row` in the same way: by the same target,
 * or without a target.
 */
function isAt(last: LastRow, row: Row): boolean {
  if (row.kind === 'above') return isTargetOf(last, row.of);
  const { connectionId, kind, path, target } = last;
  const { connection, thing } = row;
  return (
    target === undefined &&
    connection.id === connectionId &&
    thing.kind.id === kind &&
    isSamePath(thing.path, path)
  );
}

function isAmong({ targets, places }: Chosen, row: Row): boolean {
  return row.kind === 'above'
    ? targets.includes(row.of)
    : places.some(({ connection, ...thing }) => isSame({ connection, thing }, row));
}

function problem(rows: readonly Row[]): string | undefined {
  if (rows.length < 2) return l10n.t('two or more');
  const things = rows.filter((row) => row.kind === 'thing');
  const groups = new Set(things.map(({ connection, thing }) => `${thing.kind.id} ${connection.id}`));
  return groups.size > 1 ? l10n.t('what is no target has to be of one connection and one kind') : undefined;
}
