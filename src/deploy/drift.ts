/**
 * The drift of a code configuration: finds the parts that have changed since the plan, and rebuilds the
 * planned and the found configuration from the ledger's facts.
 */
import type { CodeConfiguration } from '../model/code';
import type { Facts, Json } from '../model/json';
import { type DriftedPart, driftIn } from '../plan/drift';
import { type ConfigurationPart, differences } from './configuration';
import { configurationIn, configurationJson, memberOf } from './reading-json';

/** For each part, the name of the configuration's member. */
const MEMBERS = {
  code: 'code',
  script: 'initializationScript',
  arguments: 'commandLineArguments',
} as const satisfies Readonly<Record<ConfigurationPart, keyof CodeConfiguration>>;

/**
 * The parts that differ. `before` and `now` are objects with the member of the configuration, such as
 * `{ initializationScript: … }`, so that arguments are recognized and masked.
 */
export function configurationDrift(
  planned: CodeConfiguration,
  found: CodeConfiguration,
): readonly DriftedPart<ConfigurationPart>[] {
  const [was, is] = [configurationJson(planned), configurationJson(found)];
  return differences(planned, found).map((part) => {
    const member = MEMBERS[part];
    const [before, now] = [was[member], is[member]];
    return {
      part,
      ...(before !== undefined && { before: { [member]: before } }),
      ...(now !== undefined && { now: { [member]: now } }),
    };
  });
}

export interface DriftedConfiguration {
  readonly planned: CodeConfiguration;
  readonly found: CodeConfiguration;
}

/**
 * The planned and the found configuration of a drift. Undefined if the configuration has not drifted, or cannot be
 * read.
 * @param facts those of the refusal; an earlier version of Slipway wrote both configurations into them
 */
export function driftedConfiguration(
  planned: Json | undefined,
  facts: Facts,
): DriftedConfiguration | undefined {
  const written = { planned: configurationIn(facts['planned']), found: configurationIn(facts['found']) };
  if (written.planned !== undefined && written.found !== undefined) {
    return { planned: written.planned, found: written.found };
  }
  const before = configurationIn(planned);
  const drifted = driftIn(facts).filter(({ part }) => Object.hasOwn(MEMBERS, part));
  if (before === undefined || drifted.length === 0) return undefined;
  const members = { ...configurationJson(before) };
  for (const { part, now } of drifted) {
    const member = MEMBERS[part as ConfigurationPart];
    const value = memberOf(now, member);
    if (value === undefined) delete members[member];
    else members[member] = value;
  }
  const found = configurationIn(members);
  return found && { planned: before, found };
}
