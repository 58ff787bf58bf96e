/**
 * Refuses, in the process that requires it, every connection and name look-up that would leave this machine, and
 * writes each one down: a program that swallows the refusal is found out all the same.
 *
 * Loaded into tests by loopback-only.ts, and into every Node program that a test run starts by
 * `NODE_OPTIONS=--require`, with the file for the record in SLIPWAY_LOOPBACK_RECORD.
 */
const childProcess = require('node:child_process');
const dgram = require('node:dgram');
const dns = require('node:dns');
const fs = require('node:fs');
const nodeModule = require('node:module');
const net = require('node:net');

const loopback = new net.BlockList();
loopback.addSubnet('127.0.0.0', 8);
loopback.addAddress('::1', 'ipv6');

/** @param {string} host */
function staysHere(host) {
  const address = host.replace(/^\[|\]$/g, '');
  const family = net.isIP(address);
  if (family === 0) return address.toLowerCase() === 'localhost';
  return loopback.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

/** @param {string} attempt */
function refusal(attempt) {
  const error = Object.assign(new Error(`not loopback: ${attempt}`), { code: 'ENOTLOOPBACK' });
  const file = process.env['SLIPWAY_LOOPBACK_RECORD'];
  const entry = { attempt, pid: process.pid, program: process.argv.slice(0, 3), stack: error.stack };
  if (file) fs.appendFileSync(file, `${JSON.stringify(entry)}\n`, { mode: 0o600 });
  return error;
}

/**
 * What `connect` was asked for, in each of the forms that it takes.
 * @param {unknown[]} args
 * @returns {{ host?: string | null, port?: unknown, path?: string | null }}
 */
function destination([first, second]) {
  if (Array.isArray(first)) return destination(first);
  if (typeof first === 'object' && first !== null) return first;
  if (typeof first === 'string' && !/^\d+$/.test(first)) return { path: first };
  return { port: first, ...(typeof second === 'string' && { host: second }) };
}

const { connect } = net.Socket.prototype;
net.Socket.prototype.connect = /** @type {any} */ (
  /** @this {import('node:net').Socket} @param {unknown[]} args */
  function guarded(...args) {
    const { host, port, path } = destination(args);
    if (path || staysHere(host || 'localhost')) return Reflect.apply(connect, this, args);
    const error = refusal(`connect ${host}:${port}`);
    process.nextTick(() => this.destroy(error));
    return this;
  }
);

const { send } = dgram.Socket.prototype;
dgram.Socket.prototype.send = /** @type {any} */ (
  /** @this {import('node:dgram').Socket} @param {unknown[]} args */
  function guarded(...args) {
    const host = args.slice(1).find((arg) => typeof arg === 'string');
    if (host === undefined || staysHere(host)) return Reflect.apply(send, this, args);
    throw refusal(`send to ${host}`);
  }
);

/**
 * Guards every look-up of a DNS module or resolver; `promised` says how it answers.
 * @param {Record<string, any>} target
 * @param {boolean} promised
 */
function guardLookups(target, promised) {
  for (const name of Object.getOwnPropertyNames(target)) {
    const original = target[name];
    if (typeof original !== 'function' || !/^(lookup|resolve|reverse)/.test(name)) continue;
    target[name] = /** @this {unknown} @param {unknown[]} args */ function guarded(...args) {
      const host = String(args[0]);
      if (staysHere(host) || args[0] === null) return Reflect.apply(original, this, args);
      const error = refusal(`dns.${name} ${host}`);
      if (promised) return Promise.reject(error);
      const answer = args.at(-1);
      if (typeof answer !== 'function') throw error;
      process.nextTick(answer, error);
      return undefined;
    };
  }
}
guardLookups(dns, false);
guardLookups(dns.Resolver.prototype, false);
guardLookups(dns.promises, true);
guardLookups(dns.promises.Resolver.prototype, true);

// Programs that give their children an environment of their own pass the guard on all the same: VS Code, for one,
// takes NODE_OPTIONS away from its extension host.
const ChildProcess = /** @type {any} */ (childProcess.ChildProcess);
const { spawn } = ChildProcess.prototype;
const inherited = { ...process.env };
ChildProcess.prototype.spawn =
  /** @param {{ envPairs?: string[] }} options */
  function guarded(options) {
    const envPairs = options.envPairs ?? [];
    const own = ['NODE_OPTIONS', 'SLIPWAY_LOOPBACK_RECORD']
      .filter((name) => !envPairs.some((pair) => pair.startsWith(`${name}=`)))
      .map((name) => `${name}=${inherited[name] ?? ''}`);
    return Reflect.apply(spawn, this, [{ ...options, envPairs: [...envPairs, ...own] }]);
  };

nodeModule.syncBuiltinESMExports();
