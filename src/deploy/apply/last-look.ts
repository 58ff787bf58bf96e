/** Reads the target once more right before the request, to guard against changes that others made. */
import { failed } from '../../model/failure';
import type { Operation } from '../../operations/operation';
import { driftBetween, refuseDrift } from '../../plan/drift';
import { configurationDrift } from '../drift';
import type { TargetState } from '../port/deploy-target';
import type { LastLook } from '../port/followed-update';
import { configurationIn, configurationJson } from '../reading-json';
import type { ApplyRun } from './context';

const STEP = 'looked';

export interface FreshLook {
  readonly state: TargetState;
  /** When the read of the target began, epoch milliseconds. */
  readonly askedAt: number;
}

/**
 * Reads the target, and refuses the update if the target has changed since the plan. If the service has no
 * conditional update, a change after this read cannot be prevented, but it is detected when the operation is
 * followed.
 * @throws refused `drift`, and the refusals of the target's kind if the target takes no code now
 */
export async function lookOnceMore(run: ApplyRun): Promise<FreshLook> {
  const { target, plan, clock, signal, report, note } = run;
  report({ step: 'looking' });
  const askedAt = clock.now();
  const state = await target.look(signal);
  const { configuration, notReady, facts } = state;
  note(STEP, { ...facts, configuration: configurationJson(configuration) });
  const { restsOn = {} } = plan.current;
  refuseDrift([
    ...configurationDrift(plan.current.configuration, configuration),
    ...driftBetween(restsOn, state.restsOn ?? {}, Object.keys(restsOn)),
  ]);
  if (notReady !== undefined) throw failed({ kind: 'refused', ...notReady });
  return { state, askedAt };
}

/** The last look, read from the operation's steps; undefined if they contain none that can be read. */
export function lastLookOf({ steps }: Operation): LastLook | undefined {
  const { configuration: json, ...facts } = steps.findLast(({ name }) => name === STEP)?.facts ?? {};
  const configuration = configurationIn(json);
  return configuration && { configuration, facts };
}
