/** How an action of somebody else is read and carried out. */
import { Refusal } from './protocols/refusal';
import type { Shape, Violation } from './shapes';
import type { World } from './world';

/** @returns what is wrong with the action; empty when it was carried out. */
export type Act = (action: unknown, world: World, region: string) => Promise<readonly string[]>;

/** An action that carries `input` out; a refusal of the services it uses becomes its problem. */
export function act<T>(
  input: Shape<T>,
  run: (input: T, world: World, region: string) => void | Promise<void>,
): Act {
  return async (action, world, region) => {
    const found: Violation[] = [];
    const read = input.read(action, '', found);
    if (read === undefined || found.length > 0) return found.map(({ text }) => text);
    try {
      await run(read, world, region);
      return [];
    } catch (error) {
      if (error instanceof Refusal) return [`${error.code}: ${error.message}`];
      throw error;
    }
  };
}
