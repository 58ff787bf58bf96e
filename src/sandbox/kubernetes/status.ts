/** Refusals of the Kubernetes API: `Status` objects in Kubernetes' own words. */

import { omitEmpty } from '../present';
import type { JsonObject } from '../protocols/operation';
import { qualifiedName, type Resource } from './resources';

/** https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/status/ */
export interface Status extends JsonObject {
  readonly kind: 'Status';
  readonly apiVersion: 'v1';
  readonly metadata: JsonObject;
  readonly status: 'Failure' | 'Success';
  readonly message: string;
  readonly reason?: string;
  readonly details?: StatusDetails;
  readonly code: number;
}

export interface StatusDetails extends JsonObject {
  readonly name?: string;
  readonly group?: string;
  readonly kind?: string;
  readonly uid?: string;
  readonly causes?: readonly StatusCause[];
  readonly retryAfterSeconds?: number;
}

export interface StatusCause extends JsonObject {
  readonly reason: string;
  readonly message: string;
  readonly field?: string;
}

/** A refusal: thrown inside the sandbox's Kubernetes API and its store, and sent as the answer. */
export class StatusError extends Error {
  override readonly name = 'StatusError';
  readonly status: Status;

  /** @param reason one of Kubernetes' reasons; empty if Kubernetes has none */
  constructor(
    code: number,
    reason: string,
    message: string,
    details?: StatusDetails,
    metadata: JsonObject = {},
  ) {
    super(message);
    this.status = {
      kind: 'Status',
      apiVersion: 'v1',
      metadata,
      status: 'Failure',
      message,
      ...omitEmpty({ reason, details }),
      code,
    };
  }
}

type Named = Pick<Resource, 'plural' | 'group'>;

function detailsOf({ group, plural }: Named, name: string): StatusDetails {
  return { name, ...omitEmpty({ group }), kind: plural };
}

export function notFound(resource: Named, name: string): StatusError {
  const message = `${qualifiedName(resource)} "${name}" not found`;
  return new StatusError(404, 'NotFound', message, detailsOf(resource, name));
}

export function alreadyExists(resource: Named, name: string): StatusError {
  const message = `${qualifiedName(resource)} "${name}" already exists`;
  return new StatusError(409, 'AlreadyExists', message, detailsOf(resource, name));
}

/** @param why the reason for the conflict, e.g. {@link MODIFIED} */
export function conflict(resource: Named, name: string, why: string): StatusError {
  const message = `Operation cannot be fulfilled on ${qualifiedName(resource)} "${name}": ${why}`;
  return new StatusError(409, 'Conflict', message, detailsOf(resource, name));
}

export function badRequest(message: string): StatusError {
  return new StatusError(400, 'BadRequest', message);
}

/** The reason for a conflict in which the request names another resourceVersion than the object has. */
export const MODIFIED =
  'the object has been modified; please apply your changes to the latest version and try again';

/**
 * The refusal of a deletion that expects another uid or resourceVersion than the object has: the deletion is
 * meant for an earlier object with this name, or for an earlier state of the object.
 */
export function notAsExpected(
  resource: Named,
  name: string,
  what: 'UID' | 'ResourceVersion',
  wanted: string,
  found: string,
): StatusError {
  const since = what === 'UID' ? 'deleted and then recreated' : 'modified';
  return conflict(
    resource,
    name,
    `the ${what} in the precondition (${wanted}) does not match the ${what} in record (${found}). The object might have been ${since}`,
  );
}

/**
 * The refusal of a change that expects another uid than the object has, or the uid of an object that does
 * not exist: the change is meant for an earlier object with this name.
 * @param found the object's uid; empty if there is no object.
 */
export function otherUid(resource: Named, name: string, wanted: string, found: string): StatusError {
  return conflict(
    resource,
    name,
    `Precondition failed: UID in precondition: ${wanted}, UID in object meta: ${found}`,
  );
}
