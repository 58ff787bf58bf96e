/** What deployments found on a target: somebody else's code, which is no deployment of Slipway's and can come back all the same. */
import { type ConfigurationWithCode, contradicts } from '../configuration';
import type { Deployment } from './deployment';

export interface Replaced {
  readonly configuration: ConfigurationWithCode;
  /** The newest deployment that found it there. */
  readonly by: Deployment;
}

/** Each once, in the order of the deployments; without what one of them had put there itself. */
export function replacedBy(deployments: readonly Deployment[]): readonly Replaced[] {
  const found: Replaced[] = [];
  for (const by of deployments) {
    if (by.before?.code === undefined) continue;
    const configuration = { ...by.before, code: by.before.code };
    const isKnown = [...deployments, ...found].some(
      (one) => contradicts(one.configuration, configuration).length === 0,
    );
    if (!isKnown) found.push({ configuration, by });
  }
  return found;
}
