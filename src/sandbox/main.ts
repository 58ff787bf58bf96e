/**
 * The sandbox as a separate program: reads the command line, prints its address, ends on a signal or when it is idle.
 */

import { alone, livingSandbox, type SandboxAddress } from './address-file';
import { type ProgramOptions, readCommandLine, USAGE } from './arguments';
import { type PublishedSandbox, publishSandbox } from './published';
import { shellLines } from './shell-lines';

async function main(): Promise<void> {
  const line = readCommandLine(process.argv.slice(2));
  switch (line.kind) {
    case 'help':
      process.stdout.write(USAGE);
      return;
    case 'wrong':
      process.stderr.write(`${line.problem}\n\n${USAGE}`);
      process.exitCode = 2;
      return;
    case 'run':
      await run(line.options);
  }
}

async function run(options: ProgramOptions): Promise<void> {
  const { file } = options;
  const address =
    file === undefined ? await start(options) : await alone(file, () => findOrStart(file, options));
  if (!options.quiet) process.stdout.write(shellLines(address));
}

async function findOrStart(file: string, options: ProgramOptions): Promise<SandboxAddress> {
  const living = await livingSandbox(file);
  if (living) {
    if (!options.quiet) {
      process.stderr.write(`A sandbox is already running at ${living.url} (process ${living.pid}).\n`);
    }
    return living;
  }
  return start(options);
}

async function start(options: ProgramOptions): Promise<SandboxAddress> {
  const sandbox = await publishSandbox(options);
  endWhenAsked(sandbox, options);
  await sandbox.written;
  return sandbox.address;
}

function endWhenAsked(sandbox: PublishedSandbox, { idleMinutes }: ProgramOptions): void {
  const idleMs = idleMinutes * 60_000;
  let timer: NodeJS.Timeout | undefined;
  let ending = false;
  const end = (): void => {
    if (ending) return;
    ending = true;
    clearTimeout(timer);
    // Without `exit`, Node 20 first closes everything that the program left open. Sometimes Node never
    // finishes this, and the process keeps a core busy for good.
    sandbox
      .end()
      .catch(fail)
      .finally(() => process.exit());
  };
  const look = (): void => {
    const left = idleMs - sandbox.quietFor();
    if (left <= 0) end();
    else timer = setTimeout(look, left);
  };
  if (idleMs > 0) look();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
}

function fail(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

main().catch((error: unknown) => {
  fail(error);
  // A sandbox whose address could not be written would otherwise run on, though no client could find it.
  process.exit();
});
