/** Loads the SDK bundle on first use and keeps one instance of it. */
import { pathToFileURL } from 'node:url';
import type { Aws, AwsHost } from '../aws/contract';
import type * as AwsModule from '../aws/index';

export type LoadAws = () => Promise<Aws>;

export interface AwsLoader {
  /** A failed load is tried again at the next call. */
  readonly load: LoadAws;
  /** Ends what was loaded; loads nothing where nothing was. */
  dispose(): Promise<void>;
}

/** @param file absolute path of the built SDK entry. */
export function awsLoader(file: string, host: AwsHost): AwsLoader {
  let loading: Promise<Aws> | undefined;
  return {
    load: () => {
      loading ??= (import(pathToFileURL(file).href) as Promise<typeof AwsModule>).then(
        (module) => module.createAws(host),
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
