/** Loads the SDK bundle on first use and keeps one instance of it. */
import { pathToFileURL } from 'node:url';
import type { Aws, AwsHost } from '../aws/contract';
import type * as AwsModule from '../aws/index';

export type LoadAws = () => Promise<Aws>;

/** @param file absolute path of the built SDK entry. A failed load is tried again at the next call. */
export function awsLoader(file: string, host: AwsHost): LoadAws {
  let loading: Promise<Aws> | undefined;
  return () => {
    loading ??= (import(pathToFileURL(file).href) as Promise<typeof AwsModule>).then(
      (module) => module.createAws(host),
      (thrown: unknown) => {
        loading = undefined;
        throw thrown;
      },
    );
    return loading;
  };
}
