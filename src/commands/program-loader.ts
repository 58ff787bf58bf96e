/** Loads a program of its own on first use and keeps one instance of what it makes. */
import { pathToFileURL } from 'node:url';

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
  let loading: Promise<T> | undefined;
  return {
    load: () => {
      loading ??= (import(pathToFileURL(file).href) as Promise<M>).then(create, (thrown: unknown) => {
        loading = undefined;
        throw thrown;
      });
      return loading;
    },
    dispose: async () => (await loading)?.dispose(),
  };
}
