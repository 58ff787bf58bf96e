/** The request of a planned update as "Copy as CLI" takes it. */
import type { NodegroupPlan } from '../../nodegroup/plan/plan';
import { recordJson } from '../../nodegroup/plan/record';
import type { CopiedRequest } from '../copy-requests';

export function updateRequest({ request }: Pick<NodegroupPlan, 'request'>): CopiedRequest {
  return { service: 'eks', operation: 'UpdateNodegroupVersion', input: recordJson(request) };
}
