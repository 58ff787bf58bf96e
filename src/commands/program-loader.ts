/** Loads a program of its own on first use and keeps one instance of what it makes. */
import { pathToFileURL } from 'node:url';
import { loadOnce } from '../model/cache';

export interface ProgramLoader<T> {
  /** A failed load is tried again at the next call. */
  readonly load: () => Promise<T>;
  /** Ends what was loaded; loads nothing where nothing was. */
  dispose(): Promise<void>;
}

/** @param file absolute path of the built program, whose exports are `M`. */
export function programLoader<M, T extends { dispose(): void }>(
  file: string,
  create: (module: M) => T,
): ProgramLoader<T> {
  const load = loadOnce(async () => create((await import(pathToFileURL(file).href)) as M));
  return { load, dispose: async () => (await load.begun())?.dispose() };
}
