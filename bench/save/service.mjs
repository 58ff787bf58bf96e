// What the save benchmark has to know of what it deploys to.

/**
 * @typedef {object} Code What was put, of which a target is told.
 * @property {string} bucket
 * @property {string} key
 * @property {string} version
 * @property {string} sha256 Of the zip, hex.
 */

/**
 * @typedef {object} Target Bare requests, one after the other, by a client that is open.
 * @property {(path: readonly string[]) => Promise<{ bucket: string | undefined, key: string | undefined }>} code Where a
 * target's code lies.
 * @property {(path: readonly string[], code: Code) => Promise<void>} update Reads a target and gives it the code.
 * @property {() => void} close
 */

/**
 * @typedef {object} Service
 * @property {(path: readonly string[]) => string} folder Of a target's records, without the slash at its end.
 * @property {(path: readonly string[], request: { method: string, path: string }) => boolean} isUpdate Whether a request
 * is the one that changes a target's code.
 * @property {(task: import('../save-host.mjs').SaveTask) => Promise<Target>} open
 */

export {};
