/** The rows of the Operations view as data. */
import { isDeployment } from '../../deploy/port/operation-kind';
import { connectionFromId } from '../../model/connection';
import { presentItems } from '../../model/present';
import type { Operation } from '../../operations/operation';
import { consoleOfOperation } from '../resources/console';

/**
 * A group of operations: all that wait for the user, all that run, or all others that were created on one
 * day.
 */
export interface SectionNode {
  readonly kind: 'section';
  readonly id: string;
  /** `waiting`, `running`, or a date in local time: `2026-11-22`. */
  readonly day: string;
}

export interface OperationNode {
  readonly kind: 'operation';
  readonly id: string;
  readonly parent: SectionNode | OperationNode;
  operation: Operation;
}

/** A batch row that has not begun. */
export interface WaitingNode {
  readonly kind: 'waiting';
  readonly id: string;
  readonly parent: OperationNode;
  readonly label: string;
}

export type OperationsNode = SectionNode | OperationNode | WaitingNode;

/**
 * True if {@link consoleOfOperation} finds a page in the AWS console for the operation, and the operation's
 * connection uses an AWS profile: the console shows nothing of the sandbox, and has no page for a workload.
 */
export function isInAws(operation: Operation): boolean {
  const isProfile = connectionFromId(operation.subject.connectionId)?.source.kind === 'profile';
  return isProfile && consoleOfOperation(operation) !== undefined;
}

/** The context value of an operation's row, for package.json's menus. */
export function contextOf(operation: Operation): string {
  return presentItems(
    'operation',
    operation.state,
    operation.kind,
    operation.request && 'sent',
    operation.paused && 'paused',
    isSavable(operation) ? 'savable' : undefined,
    isInAws(operation) ? 'in-aws' : undefined,
  ).join(' ');
}

/**
 * True if the operation deployed a folder, and not for a target of `slipway.json`. A rollback, and a zip
 * that was already in S3, do not come from a folder.
 */
function isSavable({ kind, plan }: Operation): boolean {
  return isDeployment({ kind }) && plan instanceof Object && 'root' in plan && !('target' in plan);
}

/** The operation on whose row a command was started; undefined when the command was started elsewhere. */
export function operationOf(argument: unknown): Operation | undefined {
  return argument instanceof Object && 'kind' in argument && argument.kind === 'operation'
    ? (argument as OperationNode).operation
    : undefined;
}
