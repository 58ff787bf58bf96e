/** `slipway.json` read and written with the kinds of targets that Slipway ships with. */
import { targetKinds } from '../../src/commands/target-kinds';
import { parseTargetsFile as parseFile } from '../../src/deploy/targets/decode';
import { withTarget as write } from '../../src/deploy/targets/edit';
import { parseTargets as parse, type TargetsFile } from '../../src/deploy/targets/parse';
import { targetsSchema as schemaOf } from '../../src/deploy/targets/schema';
import type { Target } from '../../src/deploy/targets/target';

export const targetsSchema = schemaOf(targetKinds);

export function parseTargets(text: string): TargetsFile {
  return parse(text, targetKinds);
}

export function parseTargetsFile(bytes: Uint8Array): TargetsFile {
  return parseFile(bytes, targetKinds);
}

export function withTarget(text: string, target: Target): string {
  return write(text, target, targetKinds.usual);
}
