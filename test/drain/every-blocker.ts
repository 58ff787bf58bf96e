/** A blocker of each kind, from one cluster that has all of them. */
import type { Blocker } from '../../src/drain/blocker';
import { drainBlockers } from '../../src/drain/blockers';
import type { Pod } from '../../src/model/kubernetes';
import { barePod, budget, drainFacts, MINUTE, NOW, pod, unscheduledPod } from './cluster';

const of = (app: string, parts: Partial<Pod> = {}): Pod =>
  pod({ name: `${app}-0`, labels: { app }, ...parts });
const over = (app: string, parts: Parameters<typeof budget>[0] = {}) =>
  budget({ name: app, selector: { matchLabels: { app }, matchExpressions: [] }, ...parts });
const tight = { disruptionsAllowed: 0, currentHealthy: 2 };
const code = { uri: 's3://code/rdb.zip', version: 'v7' };

export const EVERY_BLOCKER: readonly Blocker[] = drainBlockers(
  drainFacts({
    pods: [
      of('never'),
      of('not-now'),
      of('pending'),
      of('unready', { ready: false }),
      of('behind'),
      of('not-computed'),
      of('several'),
      of('shared'),
      of('shared', { name: 'shared-1' }),
      of('back', { tolerations: [{ operator: 'Exists' }] }),
      of('stuck', { deletedAt: NOW - 60 * MINUTE, finalizers: ['shop/backup'] }),
      of('grace', { graceSeconds: 900 }),
      barePod({ name: 'bare-0', labels: {} }),
      of('code', { code }),
    ],
    budgets: [
      over('never', { ...tight, maxUnavailable: 0 }),
      over('not-now', tight),
      over('pending', tight),
      over('unready', { ...tight, currentHealthy: 1 }),
      over('behind', { generation: 2 }),
      over('not-computed', { ...tight, syncFailed: 'no scale' }),
      over('several'),
      over('several', { uid: 'other', name: 'several-too' }),
      over('shared'),
    ],
    covered: [
      of('not-now', { name: 'not-now-1', ready: false }),
      unscheduledPod({ name: 'pending-1', labels: { app: 'pending' } }),
    ],
    codeGone: new Set(['s3://code/rdb.zip?versionId=v7']),
  }),
  { now: NOW, atOnce: 1 },
);
