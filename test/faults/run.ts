/** Runs one case: the flow, and the fault on one of its requests. */
import type { Below } from './below';
import type { Flow } from './flows';
import type { FaultKind, Request } from './kinds';
import type { Rig } from './rig';
import { type Outcome, settled } from './settle';

/** One request of a flow: the `nth` of its operation and the `nthOfService` of its service, from 1. */
export interface Place extends Request {
  readonly nth: number;
  readonly nthOfService: number;
}

export interface Injection {
  readonly kind: FaultKind;
  readonly at: Place;
  /** It goes on until the flow has come to rest; else it is played once. */
  readonly lasting: boolean;
}

/** @param injection undefined: nothing is disturbed, but for the faults that the flow itself begins with. */
export async function run(rig: Rig, below: Below, flow: Flow, injection?: Injection): Promise<Outcome> {
  const { control } = rig.sandbox;
  await control.reset();
  await control.settings({ finspace: { updateMinutes: 1 }, eks: { updateMinutes: 1 } });
  below.minute(injection?.kind.silent ? rig.patienceMs : UNHURRIED_MS);
  if (injection !== undefined) await inject(rig, below, injection);
  if (flow.given.length > 0) await control.fault(...flow.given);
  const window = await rig.open();
  try {
    const carried = await flow.carry(window);
    return await settled(window, below, flow, carried, injection?.lasting ?? false);
  } finally {
    below.loseNames(undefined);
    await window.close();
  }
}

/** The minute of a case in which nothing is silent: nobody waits for it. */
const UNHURRIED_MS = 5_000;

async function inject(
  { sandbox, patienceMs }: Rig,
  below: Below,
  { kind, at, lasting }: Injection,
): Promise<void> {
  const { service, operation, nth, nthOfService } = at;
  const played = kind.play(at, patienceMs);
  if (played === undefined) throw new Error(`${kind.name} cannot be played on ${operation}`);
  if (played === 'dns') {
    let seen = 0;
    below.loseNames((asked) => {
      if (asked === service) seen += 1;
      return asked === service && (lasting ? seen >= nthOfService : seen === nthOfService);
    });
    return;
  }
  const times = lasting ? kind.most : 1;
  const where =
    lasting && kind.wide ? { service, after: nthOfService - 1 } : { service, operation, after: nth - 1 };
  await sandbox.control.fault({ ...played, ...where, ...(times !== undefined && { times }) });
}
