/** The text of each script, by the name of its file. */
import fetchCode from './fetch.sh' with { type: 'text' };
import start from './start.sh' with { type: 'text' };
import unpack from './unpack.sh' with { type: 'text' };

export const SCRIPTS = { 'fetch.sh': fetchCode, 'unpack.sh': unpack, 'start.sh': start } as const;
