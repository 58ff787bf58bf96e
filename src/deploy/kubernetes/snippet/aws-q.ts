/** Defines FinSpace's names for paths, so that code written for FinSpace finds them. */
import { CODE_FOLDER, type KdbPaths } from './parameters';

/**
 * On general-purpose clusters, the folder of a writable copy of the code; in a snippet's pods, a scratch
 * folder that is empty at first.
 */
export const CODE_SCRATCH_FOLDER = '/opt/kx/app/code_scratch';
/** Folder that a real-time database saves to. */
export const SCRATCH_FOLDER = '/opt/kx/app/scratch';

/**
 * The text of a script that q loads before any other, because the variable QINIT names it. The script
 * defines the paths and the name of the database as strings.
 * @see https://docs.aws.amazon.com/finspace/latest/userguide/interacting-with-kdb-loading-code.html
 * @see https://code.kx.com/q/basics/environment/
 */
export function awsQ({ database, databasePath }: KdbPaths): string {
  const lines = [
    '/ Made by Slipway: the names that FinSpace defined. q loads it first, by QINIT.',
    `.aws.akcp:${qText(CODE_FOLDER)};  / code`,
    `.aws.akcsp:${qText(CODE_SCRATCH_FOLDER)};  / scratch space beside the code`,
    `.aws.akscp:${qText(SCRATCH_FOLDER)};  / scratch space for savedown`,
    `.aws.akdb:${qText(database)};  / name of the database`,
    `.aws.akdbp:${qText(databasePath)};  / folder of databases`,
    '/ What q would have loaded without QINIT.',
    '{if[not()~key x;system"l ",1_string x]}hsym`$getenv[`QHOME],"/q.q";',
  ];
  return `${lines.join('\n')}\n`;
}

/**
 * The text as a q string. A single character in quotes would be a q character: `enlist` makes it a string.
 */
function qText(text: string): string {
  const bytes = [...Buffer.from(text)];
  const escaped = bytes.map((byte) => {
    const character = String.fromCharCode(byte);
    if (character === '"' || character === '\\') return `\\${character}`;
    return byte < 0x20 || byte > 0x7e ? `\\${byte.toString(8).padStart(3, '0')}` : character;
  });
  return `${bytes.length === 1 ? 'enlist' : ''}"${escaped.join('')}"`;
}
