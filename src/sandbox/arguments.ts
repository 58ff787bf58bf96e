/** The command line of the sandbox. */
import { parseArgs } from 'node:util';
import { present } from './present';
import type { SandboxOptions } from './sandbox';

export const USAGE = `Usage: node sandbox.js [options]

An AWS of your own on 127.0.0.1: FinSpace, EKS, S3, STS, SSM, EC2 and CloudWatch Logs,
as far as Slipway uses them. It keeps everything in memory and forgets it at its end.

  --port N           port to listen on (default: any free one)
  --file PATH        write address and keys to PATH (mode 0600) and remove it at the end;
                     does nothing when a sandbox that PATH names is already running
  --idle-minutes N   end after N minutes without a request (default: 0, never)
  --scale N          simulated time runs N times as fast as real time (default: 60;
                     0: only through the control plane)
  --latency MS       every request waits MS milliseconds first (default: 0)
  --region R         home region (default: us-east-1)
  --account ID       account id (default: 111122223333)
  --empty            start without the sample environments, clusters and buckets
  --record-bodies    keep headers and bodies of all requests for the control plane
  --no-kubeconfig    write no kubeconfig (without this: one of its own, beside PATH or in a
                     temporary folder, removed at the end; yours is never touched)
  --quiet            print nothing but errors, and write no kubeconfig
  --help             print this

It prints lines to evaluate in a shell, so that the AWS CLI and any SDK use it and nothing else: they
unset every AWS_ variable, then set endpoint, keys and region, and exempt this machine from proxies.
KUBECONFIG has a context for each of its EKS clusters, named by ARN, for kubectl.
`;

export interface ProgramOptions {
  readonly sandbox: SandboxOptions;
  readonly file?: string;
  readonly idleMinutes: number;
  readonly quiet: boolean;
  /** Whether a kubeconfig is written. */
  readonly kubeconfig: boolean;
}

export type CommandLine =
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly problem: string }
  | { readonly kind: 'run'; readonly options: ProgramOptions };

/** @param args the command line without the program's own name. */
export function readCommandLine(args: readonly string[]): CommandLine {
  const parsed = parse(args);
  if (typeof parsed === 'string') return { kind: 'wrong', problem: parsed };
  const { values } = parsed;
  if (values.help) return { kind: 'help' };

  const numbers = { port: 0, 'idle-minutes': 0, scale: 60, latency: 0 };
  for (const name of ['port', 'idle-minutes', 'scale', 'latency'] as const) {
    const given = values[name];
    if (given === undefined) continue;
    if (!/^\d+(\.\d+)?$/.test(given))
      return { kind: 'wrong', problem: `--${name} must be a number, not "${given}".` };
    numbers[name] = Number(given);
  }
  if (!Number.isInteger(numbers.port) || numbers.port > 65_535) {
    return { kind: 'wrong', problem: `--port must be from 0 to 65535, not ${values.port}.` };
  }
  const region = values.region ?? 'us-east-1';
  if (!/^[a-z]{2}(-[a-z]+)+-\d$/.test(region))
    return { kind: 'wrong', problem: `--region is none: "${region}".` };
  const accountId = values.account ?? '111122223333';
  if (!/^\d{12}$/.test(accountId))
    return { kind: 'wrong', problem: `--account must be 12 digits, not "${accountId}".` };

  return {
    kind: 'run',
    options: {
      sandbox: {
        port: numbers.port,
        region,
        accountId,
        scale: numbers.scale,
        latencyMs: numbers.latency,
        recordBodies: values['record-bodies'] ?? false,
        empty: values.empty ?? false,
      },
      ...present({ file: values.file }),
      idleMinutes: numbers['idle-minutes'],
      quiet: values.quiet ?? false,
      kubeconfig: !values.quiet && !values['no-kubeconfig'],
    },
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: { type: 'string' },
        file: { type: 'string' },
        'idle-minutes': { type: 'string' },
        scale: { type: 'string' },
        latency: { type: 'string' },
        region: { type: 'string' },
        account: { type: 'string' },
        empty: { type: 'boolean' },
        'record-bodies': { type: 'boolean' },
        'no-kubeconfig': { type: 'boolean' },
        quiet: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
