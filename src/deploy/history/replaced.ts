/** Configurations that deployments replaced and that Slipway had not deployed: they can be brought back, too. */
import { type ConfigurationWithCode, contradicts } from '../configuration';
import type { Deployment } from './deployment';

export interface Replaced {
  readonly configuration: ConfigurationWithCode;
  /** The newest deployment that replaced it. */
  readonly by: Deployment;
}

/** Each once, in the order of the deployments; without configurations that one of them had deployed. */
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
