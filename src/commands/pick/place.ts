/** Asks where to deploy: one flat list of the things of every kind in every connection. */

import * as l10n from '@vscode/l10n';
import type { Place, TargetKind } from '../../deploy/port/target-kind';
import type { Connection } from '../../model/connection';
import { present } from '../../model/present';
import { isSamePath } from '../../model/same-path';
import { defaultFirst } from '../../view/connection-store';
import { connectionNodeOf } from '../../view/resources/row';
import { into, namedQuestion, type WizardStep } from '../../view/wizard/wizard-steps';
import type { Ports } from '../ports';
import { picksOf, targetKinds } from '../target-kinds';
import type { PickDeps, PickedConnection } from './connection';
import { askFlat, type Found, type LikelyThing, type ThingSource } from './flat-list';
import type { KeptPlace } from './last-place';
import type { NamedPlace } from './target-picks';

export interface PickedKind {
  readonly kind: TargetKind;
}

/** The kind of a place and the names in its path, without its account. */
export type PlaceNames = Pick<Place, 'kind' | 'path'>;

/** The kind, names and label of a deploy target, and the connection that reaches it. */
export interface PickedPlace extends PickedConnection, PickedKind, NamedPlace {}

/**
 * The parts of a place that are already known. `within` has the known names of the path: none, those of a
 * holder, or all.
 */
export interface KnownPlace {
  readonly connection?: Connection;
  readonly kind?: TargetKind;
  readonly within?: readonly string[];
  readonly label?: string;
}

/** The whole place; undefined if the user still has to be asked for a part of it. */
export function wholePlace({
  connection,
  kind,
  within = [],
  label = within.join(' / '),
}: KnownPlace): PickedPlace | undefined {
  const isWhole = connection !== undefined && kind !== undefined && within.length === picksOf(kind).depth;
  return isWhole ? { connection, kind, path: within, label } : undefined;
}

export type KindOfThing = PickedKind & NamedPlace;

/** @param known what the user has already chosen; the list offers only places that fit it. */
export function placeStep(
  { store, ports, picking }: PickDeps,
  known: KnownPlace = {},
): WizardStep<object, PickedPlace> {
  return namedQuestion<object, PickedPlace>('connection', async (_answers, ask) =>
    into(
      await askFlat<KindOfThing>(ask, {
        placeholder: l10n.t('Choose where to; type any part of a name'),
        sources: () => sourcesOf({ store, ports }, known),
        likely: known.connection === undefined ? likelyPlaces({ store, picking }) : [],
        isSame,
        empty: l10n.t('There is no connection yet: add one in the Slipway view'),
        help: picking.help,
      }),
      ({ connection, thing: { kind, path, label } }) => ({ connection, kind, path, label }),
    ),
  );
}

export function sourcesOf(
  { store, ports }: Pick<PickDeps, 'store' | 'ports'>,
  known: KnownPlace,
): readonly ThingSource<KindOfThing>[] {
  const connections = known.connection === undefined ? defaultFirst(store.all()) : [known.connection];
  const kinds = known.kind === undefined ? targetKinds.all : [known.kind];
  return connections.flatMap((connection) =>
    kinds.map((kind) => sourceOf(connection, kind, known.within ?? [], ports)),
  );
}

function sourceOf(
  connection: Connection,
  kind: TargetKind,
  within: readonly string[],
  ports: Ports,
): ThingSource<KindOfThing> {
  const picks = picksOf(kind);
  return {
    connection,
    async *list(signal) {
      for await (const page of picks.list(connection, within, ports, signal))
        yield page.map((one) => (one.kind === 'thing' ? { ...one, thing: { kind, ...one.thing } } : one));
    },
    inside: (inner) => sourceOf(connection, kind, inner, ports),
    ...present({ typed: picks.typed }),
    none: () => picks.none(within),
  };
}

/** The places for the top of the list: the tree's selected row, then the place last used in this workspace. */
function likelyPlaces({
  store,
  picking,
}: Pick<PickDeps, 'store' | 'picking'>): readonly LikelyThing<KindOfThing>[] {
  const found = [...selectedPlace(picking), ...lastPlace(store, picking)];
  return found.filter((one, at) => found.findIndex((other) => isSame(one, other)) === at);
}

function selectedPlace({ selected }: PickDeps['picking']): readonly LikelyThing<KindOfThing>[] {
  const node = selected();
  if (node === undefined) return [];
  const { connection } = connectionNodeOf(node);
  return targetKinds.all.flatMap((kind) => {
    const named = picksOf(kind).named(node);
    const place = named && wholePlace({ connection, kind, ...named });
    return place === undefined ? [] : [likely(place, l10n.t('Selected in the view'))];
  });
}

function lastPlace(
  store: PickDeps['store'],
  { last }: PickDeps['picking'],
): readonly LikelyThing<KindOfThing>[] {
  const kept = last.get();
  const place = kept && keptPlace(kept, store);
  return place === undefined ? [] : [likely(place, l10n.t('Used last'))];
}

/** A remembered place; undefined if its connection or its kind no longer exists. */
export function keptPlace(
  { connectionId, kind: kindId, path, label }: KeptPlace,
  store: PickDeps['store'],
): PickedPlace | undefined {
  const connection = store.all().find(({ id }) => id === connectionId);
  const kind = targetKinds.all.find(({ id }) => id === kindId);
  return connection && kind && { connection, kind, path, label };
}

function likely({ connection, ...thing }: PickedPlace, why: string): LikelyThing<KindOfThing> {
  return { connection, thing, label: thing.label, icon: picksOf(thing.kind).icon, why };
}

export function isSame(one: Found<KindOfThing>, other: Found<KindOfThing>): boolean {
  return (
    one.connection.id === other.connection.id &&
    one.thing.kind.id === other.thing.kind.id &&
    isSamePath(one.thing.path, other.thing.path)
  );
}
