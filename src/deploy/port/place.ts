/** Compares places that code is deployed to. */
import { isSamePath } from '../../model/same-path';
import type { Operation } from '../../operations/operation';
import type { Owner, Place } from './target-kind';

interface Placed extends Owner {
  readonly path: readonly string[];
}

/** `a` and `b` are of one kind. */
export function isSamePlace(a: Placed, b: Placed): boolean {
  return a.accountId === b.accountId && a.region === b.region && isSamePath(a.path, b.path);
}

/** Returns true if an operation deploys code to the place. */
export function isAt({ kind, subject }: Operation, place: Place): boolean {
  return kind === place.kind.operationKind && isSamePlace(subject, place);
}
