/** Reads an action of another user from JSON, and carries it out. */
import { Refusal } from './protocols/refusal';
import type { Shape, Violation } from './shapes';
import type { World } from './world';

/** @returns the problems of the action; empty if it was carried out */
export type Act = (action: unknown, world: World, region: string) => Promise<readonly string[]>;

/**
 * Returns a function that reads its first argument by the shape `input`, and calls `run` with the result if
 * there are no problems. If `run` throws a {@link Refusal}, the refusal's code and message become the
 * problem.
 */
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
