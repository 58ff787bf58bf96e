/** Deploy on save over a shop: the real queue, plans as saves make them, and deployments that are followed to their end. */
import { planSaved } from '../../src/deploy/on-save/plan-saved';
import { rememberReadings } from '../../src/deploy/on-save/remembered-readings';
import { SaveQueue } from '../../src/deploy/on-save/save-queue';
import type { SaveNews, SaveOutcome } from '../../src/deploy/on-save/save-state';
import type { PlanInput } from '../../src/deploy/plan/input';
import type { OnSave } from '../../src/deploy/targets/target';
import type { Operation } from '../../src/operations/operation';
import { hasty, type Shop } from './shop';

export interface Saving {
  readonly queue: SaveQueue;
  readonly news: readonly SaveNews[];
  /** How each deployment ended, oldest first. */
  readonly ends: readonly SaveOutcome[];
}

export interface SavingOptions {
  readonly input: PlanInput;
  readonly onSave: OnSave;
  /** Follows a deployment that was sent to its end. */
  readonly follow: (id: string) => Promise<Operation>;
}

export function saving(shop: Shop, { input, onSave, follow }: SavingOptions): Saving {
  const news: SaveNews[] = [];
  const ends: SaveOutcome[] = [];
  const readings = rememberReadings(hasty, 60_000);
  const deploy = async (signal: AbortSignal): Promise<SaveOutcome> => {
    const { connection, kind, path } = input.destination;
    const { accountId } = await shop.ports.identities.whoAmI(signal);
    const place = { accountId, region: connection.region, kind, path };
    const context = {
      ...shop.reach(input),
      packer: shop.packer,
      clock: hasty,
      readings,
      operations: shop.ledger.operations(),
    };
    const { plan, decision } = await planSaved(input, place, context, signal);
    if (decision.kind !== 'deploy') return decision;
    const { id, failure } = await shop.apply(plan);
    if (failure !== undefined)
      return { kind: 'failed', code: 'code' in failure ? failure.code : failure.kind };
    const { state, outcome } = await follow(id);
    if (state === 'succeeded') return { kind: 'live' };
    const why = outcome?.failure;
    return { kind: 'failed', code: why?.kind === 'refused' ? why.code : state };
  };
  const queue = new SaveQueue(
    {
      clock: hasty,
      deploy: async ({ signal }) => {
        const end = await deploy(signal);
        ends.push(end);
        return end;
      },
      onNews: (one) => void news.push(one),
      onState: () => undefined,
    },
    true,
    onSave,
  );
  return { queue, news, ends };
}
