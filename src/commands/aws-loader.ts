/** Loads the SDK bundle on first use and keeps one instance of it. */
import type { Aws, AwsHost } from '../aws/contract';
import type * as AwsModule from '../aws/index';
import { type ProgramLoader, programLoader } from './program-loader';

export type LoadAws = () => Promise<Aws>;

/** @param file absolute path of the built SDK entry. */
export function awsLoader(file: string, host: AwsHost): ProgramLoader<Aws> {
  return programLoader(file, ({ createAws }: typeof AwsModule) => createAws(host));
}
