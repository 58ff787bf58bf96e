/** Answers that the user gave before, offered again. Kept for the workspace. */
import type { Memento } from 'vscode';
import { TARGET_DEFAULTS } from '../../deploy/targets/defaults';

const KEY = 'slipway.prefixes';

/** The prefix that was used last in each bucket, or the one that targets have by default. */
export class RememberedPrefixes {
  constructor(private readonly memento: Memento) {}

  of(bucket: string): string {
    return this.all()[bucket] ?? TARGET_DEFAULTS.prefix;
  }

  async remember(bucket: string, prefix: string): Promise<void> {
    await this.memento.update(KEY, { ...this.all(), [bucket]: prefix });
  }

  private all(): Readonly<Record<string, string>> {
    return this.memento.get<Record<string, string>>(KEY, {});
  }
}
