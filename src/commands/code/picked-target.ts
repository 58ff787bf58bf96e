/** What was picked in a wizard, or in the tree, as something that code is deployed to. */
import * as l10n from '@vscode/l10n';
import type { TargetReading } from '../../deploy/port/deploy-target';
import type { Place, TargetKind } from '../../deploy/port/target-kind';
import type { Target } from '../../deploy/targets/target';
import type { Connection } from '../../model/connection';
import { isSamePath } from '../../model/same-path';
import type { ResourceNode } from '../../view/resources/node';
import { connectionNodeOf } from '../../view/resources/row';
import { wizard } from '../../view/wizard/wizard';
import { into, question, reading, unlessKnown, type WizardStep } from '../../view/wizard/wizard-steps';
import { connectionStep, type PickDeps, type PickedConnection } from '../pick/connection';
import type { Ports } from '../ports';
import { picksOf, targetAt, targetKinds } from '../target-kinds';

export interface PickedKind {
  readonly kind: TargetKind;
}

/** Kind and names, whoever's account it is in. */
export type PlaceNames = Pick<Place, 'kind' | 'path'>;

/** A target, read. */
export interface PickedTarget extends PickedConnection, PlaceNames {
  readonly seen: TargetReading;
}

/** What need not be asked. */
export interface KnownTarget {
  readonly connection?: Connection;
  readonly kind?: TargetKind;
  /** Outermost first: of the thing itself, or of what it lies in. */
  readonly within?: readonly string[];
}

/** What a row of the tree already answers. */
export function knownTarget(node: ResourceNode | undefined): KnownTarget {
  if (node === undefined) return {};
  const { connection } = connectionNodeOf(node);
  const [found] = targetKinds.all.flatMap((kind) => {
    const within = picksOf(kind).within(node);
    return within === undefined ? [] : [{ kind, within }];
  });
  return { connection, ...found };
}

/** Connection, kind where there are several, and whatever leads to the thing, which is read in the end. */
export function targetSteps(
  { store, ports }: PickDeps,
  { connection, kind, within = [] }: KnownTarget = {},
): WizardStep<object, PickedTarget> {
  // Until the kind is answered, as many questions as the usual one has.
  const supposed = picksOf(kind ?? targetKinds.usual)
    .steps(ports, within)
    .ahead({});
  return wizard()
    .and(connectionStep(store, connection))
    .and(kindStep(kind))
    .branch(['kind'], (answers) => picksOf(answers.kind).steps(ports, within), supposed)
    .and(
      reading<PickedConnection & PlaceNames, Pick<PickedTarget, 'seen'>>(
        l10n.t('Reading what is there now…'),
        async (picked, signal) => ({ seen: await readPlace(picked, ports, signal) }),
      ),
    );
}

/** Not asked where there is one kind alone. */
export function kindStep(known?: TargetKind): WizardStep<PickedConnection, PickedKind> {
  const [only, ...others] = targetKinds.all;
  const kind = known ?? (others.length === 0 ? only : undefined);
  const step = question<PickedConnection, PickedKind>(async (_answers, { prompts, heading }) =>
    into(
      await prompts.pick(heading, {
        placeholder: l10n.t('Choose what to deploy to'),
        choices: targetKinds.all.map((one) => ({
          value: one,
          label: picksOf(one).title(),
          icon: picksOf(one).icon,
        })),
      }),
      (chosen) => ({ kind: chosen }),
    ),
  );
  return unlessKnown(kind && { kind }, step);
}

/** The target of an operation, read afresh. */
export async function pickedAt(
  connection: Connection,
  place: PlaceNames,
  ports: Ports,
  signal: AbortSignal,
): Promise<PickedTarget> {
  const { kind, path } = place;
  return { connection, kind, path, seen: await readPlace({ connection, ...place }, ports, signal) };
}

async function readPlace(
  { connection, kind, path }: PickedConnection & PlaceNames,
  ports: Ports,
  signal: AbortSignal,
): Promise<TargetReading> {
  return await targetAt({ kind, path }, await ports(connection)).read(signal);
}

/** Whether a target deploys to the place, or to something inside of it. */
export function leadsTo(target: Pick<Target, 'kind' | 'path'>, { kind, path }: PlaceNames): boolean {
  return target.kind.id === kind.id && isSamePath(target.path.slice(0, path.length), path);
}
