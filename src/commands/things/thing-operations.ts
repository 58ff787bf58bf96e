/** The operations that the page of a thing shows: those on the thing, and those on things inside it. */

import { present } from '../../model/present';
import type { Operation } from '../../operations/operation';
import { isBadEnd, isOpen, verbOf } from '../../view/messages/operation';
import type { ProgressOf } from '../../view/operations/known-progress';
import type { ThingOperation } from '../../view/pages/things/operations';
import { THINGS, type ThingNode } from '../../view/resources/kinds/table';
import type { ThingPlace } from '../../view/resources/paged-rows';
import { foldersBelow, listedBelow } from '../../view/resources/shape';

export interface OperationParts {
  /** Newest first. */
  readonly operations: readonly Operation[];
  readonly progressOf: ProgressOf;
  readonly outcomeWords: (operation: Operation) => string | undefined;
}

/** The operations on the thing and on the things inside it, newest first. */
export function operationsAt(place: ThingPlace, parts: OperationParts): readonly ThingOperation[] {
  const kinds = new Set(kindsIn(place.kind));
  return parts.operations
    .filter((operation) => kinds.has(operation.kind) && isWithin(operation, place))
    .map((operation): ThingOperation => {
      const { path } = operation.subject;
      const inner = path.slice(place.path.length);
      const progress = isOpen(operation) ? parts.progressOf(operation)?.words : undefined;
      const why = isBadEnd(operation.state) ? parts.outcomeWords(operation) : undefined;
      return {
        operation,
        ...(inner.length > 0 && { of: inner.join(' / ') }),
        ...present({ progress, why }),
      };
    });
}

/** What Slipway is doing to each thing inside this one, such as `deploying`; the keys are the operations' `of`. */
export function busyInside(operations: readonly ThingOperation[]): ReadonlyMap<string, string> {
  return new Map(
    operations.flatMap(({ operation, of }) =>
      of !== undefined && isOpen(operation) ? [[of, verbOf(operation)] as const] : [],
    ),
  );
}

/** True if the operation changes the thing, or something inside it. */
function isWithin({ subject }: Operation, { connectionId, path }: ThingPlace): boolean {
  return subject.connectionId === connectionId && path.every((name, at) => name === subject.path[at]);
}

/** The kinds of operations that can change a thing of this kind, or a thing inside it at any depth. */
function kindsIn(kind: ThingNode['kind']): readonly string[] {
  const inner = [kind, ...foldersBelow(kind)].flatMap((above) => listedBelow(above) ?? []);
  return [...THINGS[kind].operations, ...inner.flatMap(kindsIn)];
}
