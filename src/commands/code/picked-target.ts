/** The target that was picked in a wizard or in the tree. */
import * as l10n from '@vscode/l10n';
import type { TargetReading } from '../../deploy/port/deploy-target';
import type { TargetKind } from '../../deploy/port/target-kind';
import { mayUse, type Target } from '../../deploy/targets/target';
import type { Connection } from '../../model/connection';
import { isSamePath } from '../../model/same-path';
import type { ResourceNode } from '../../view/resources/node';
import { connectionNodeOf } from '../../view/resources/row';
import { wizard } from '../../view/wizard/wizard';
import { reading, unlessKnown, type WizardStep } from '../../view/wizard/wizard-steps';
import type { PickDeps, PickedConnection } from '../pick/connection';
import { type PickedPlace, type PlaceNames, placeStep, wholePlace } from '../pick/place';
import type { Ports } from '../ports';
import { picksOf, targetAt, targetKinds } from '../target-kinds';

/** A picked target and its reading. */
export interface PickedTarget extends PickedPlace {
  readonly seen: TargetReading;
}

/** The answers about a target that are already known. */
export interface KnownTarget {
  readonly connection?: Connection;
  readonly kind?: TargetKind;
  /**
   * The names in the target's path, or only those of the environment or cluster that contains it; outermost
   * first.
   */
  readonly within?: readonly string[];
  /** The label of the tree's row that gave the answers. */
  readonly label?: string;
}

/** The answers that a row of the tree gives. */
export function knownTarget(node: ResourceNode | undefined): KnownTarget {
  if (node === undefined) return {};
  const { connection } = connectionNodeOf(node);
  const [found] = targetKinds.all.flatMap((kind) => {
    const named = picksOf(kind).named(node);
    return named === undefined ? [] : [{ kind, ...named }];
  });
  return { connection, ...found };
}

/**
 * Asks for a target, unless it is known, in one list over all kinds and connections that `known` leaves open.
 * Then reads the target, and remembers it as the last one used.
 */
export function targetSteps(
  { store, ports, picking }: PickDeps,
  known: KnownTarget = {},
): WizardStep<object, PickedTarget> {
  return wizard()
    .and(unlessKnown(wholePlace(known), placeStep({ store, ports, picking }, known)))
    .and(
      reading<PickedPlace, Pick<PickedTarget, 'seen'>>(
        l10n.t('Reading what is there now…'),
        async (picked, signal) => {
          const seen = await readPlace(picked, ports, signal);
          const { connection, kind, path } = picked;
          await picking.last.remember({
            connectionId: connection.id,
            kind: kind.id,
            path,
            label: seen.label,
          });
          return { seen };
        },
      ),
    );
}

/** The answers that a title shows. */
export type Titled = Partial<Pick<PickedTarget, 'label' | 'seen'>>;

/** A title that names the place as soon as it is known. @param named makes the title from the place's name */
export function titleWith(unnamed: string, named: (place: string) => string): (soFar: Titled) => string {
  return ({ seen, label = seen?.label }) => (label === undefined ? unnamed : named(label));
}

export function rollBackTitle(): (soFar: Titled) => string {
  return titleWith(l10n.t('Roll Back'), (place) => l10n.t('Roll Back {0}', { 0: place }));
}

/** Reads the target at a place, such as that of an operation. */
export async function pickedAt(
  connection: Connection,
  place: PlaceNames,
  ports: Ports,
  signal: AbortSignal,
): Promise<PickedTarget> {
  const { kind, path } = place;
  const seen = await readPlace({ connection, ...place }, ports, signal);
  return { connection, kind, path, label: seen.label, seen };
}

async function readPlace(
  { connection, kind, path }: PickedConnection & PlaceNames,
  ports: Ports,
  signal: AbortSignal,
): Promise<TargetReading> {
  return await targetAt({ kind, path }, await ports(connection)).read(signal);
}

/**
 * Returns true if a target deploys to the place, or to a place inside it. Without `accountId`, the target may
 * still belong to another account.
 */
export function leadsTo(
  target: Pick<Target, 'kind' | 'path' | 'connection'>,
  { kind, path, connection }: PlaceNames & PickedConnection,
  accountId?: string,
): boolean {
  return (
    target.kind.id === kind.id &&
    isSamePath(target.path.slice(0, path.length), path) &&
    mayUse(target.connection, connection, accountId)
  );
}
