/** Loads one of the built programs on first use, and keeps one instance of the object that it creates. */
import { pathToFileURL } from 'node:url';
import { loadOnce } from '../model/cache';

export interface ProgramLoader<T> {
  /** Loads the program, once for all callers. After a failed load, the next call loads again. */
  readonly load: () => Promise<T>;
  /** Ends the instance, if there is one. */
  dispose(): Promise<void>;
}

/** @param file absolute path of the built program, whose exports have the type `M` */
export function programLoader<M, T extends { dispose(): void }>(
  file: string,
  create: (module: M) => T,
): ProgramLoader<T> {
  const load = loadOnce(async () => create((await import(pathToFileURL(file).href)) as M));
  return { load, dispose: async () => (await load.begun())?.dispose() };
}
