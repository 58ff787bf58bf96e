/**
 * Remedies for the exceptions by which EKS refuses UpdateNodegroupVersion and UpdateNodegroupConfig.
 * @see
 * https://docs.aws.amazon.com/eks/latest/APIReference/API_UpdateNodegroupVersion.html#API_UpdateNodegroupVersion_Errors
 */
import type { Failure } from '../../model/failure';
import { type Remedy, type RemedyTable, remedyIn } from './remedy';

export type RequestErrorName =
  | 'ClientException'
  | 'InvalidParameterException'
  | 'InvalidRequestException'
  | 'ResourceInUseException'
  | 'ResourceNotFoundException'
  | 'ServerException';

const TABLE: RemedyTable<RequestErrorName> = {
  ClientException: ['check-names-and-permissions', 'copy-details'],
  InvalidParameterException: ['choose-again', 'choose-again'],
  InvalidRequestException: ['look-at-state', 'open-health-issues'],
  ResourceInUseException: ['wait-for-running-update', 'follow-running-update'],
  ResourceNotFoundException: ['refresh-the-list', 'refresh'],
  ServerException: ['wait-and-try-again', 'try-again'],
};

const OPERATIONS = ['UpdateNodegroupVersion', 'UpdateNodegroupConfig'];

/**
 * The remedy for a failure of UpdateNodegroupVersion or UpdateNodegroupConfig; undefined for a failure of
 * another request, and for one that is not an exception in the table.
 */
export function requestErrorRemedy(failure: Failure): Remedy<RequestErrorName> | undefined {
  if (failure.kind !== 'aws' || failure.service !== 'eks') return undefined;
  if (!OPERATIONS.includes(failure.operation) || !Object.hasOwn(TABLE, failure.name)) return undefined;
  return remedyIn(TABLE, failure.name, 'ClientException');
}
