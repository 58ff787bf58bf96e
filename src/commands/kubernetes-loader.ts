/** Loads the client of clusters' Kubernetes APIs on first use and keeps one instance of it. */
import { pathToFileURL } from 'node:url';
import type { Kubernetes, KubernetesHost } from '../kubernetes/contract';
import type * as KubernetesModule from '../kubernetes/index';

export interface KubernetesLoader {
  /** A failed load is tried again at the next call. */
  load(): Promise<Kubernetes>;
  /** Ends what was loaded; loads nothing where nothing was. */
  dispose(): Promise<void>;
}

/** @param file absolute path of the built client. */
export function kubernetesLoader(file: string, host: KubernetesHost): KubernetesLoader {
  let loading: Promise<Kubernetes> | undefined;
  return {
    load: () => {
      loading ??= (import(pathToFileURL(file).href) as Promise<typeof KubernetesModule>).then(
        (module) => module.createKubernetes(host),
        (thrown: unknown) => {
          loading = undefined;
          throw thrown;
        },
      );
      return loading;
    },
    dispose: async () => (await loading)?.dispose(),
  };
}
