/** Slipway's way into the clusters of a session, as a window opens it. */
import type { AwsSession } from '../../src/aws/contract';
import { createKubernetes } from '../../src/kubernetes';
import { systemClock } from '../../src/model/clock';

/** Whoever opens it disposes it. */
export function openKubernetes(session: () => AwsSession): ReturnType<typeof createKubernetes> {
  return createKubernetes({
    clock: systemClock,
    onRequest: () => undefined,
    overrides: () => ({}),
    roleOf: async () => undefined,
    aws: async () => session().interactive,
  });
}
