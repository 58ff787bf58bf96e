/** A folder that only the extension host can read; questions about it go through a run's port. */
import { refuse } from '../refusal';
import type { SourceItem, SourceStat } from '../source-tree';
import type { TreeAnswer, TreeQuestion } from './protocol';
import type { RunPort } from './run-port';

/** Number of questions that may be under way at once. */
const AT_ONCE = 16;

export class TreePort {
  private free = AT_ONCE;
  private readonly queue: (() => void)[] = [];

  constructor(private readonly port: RunPort) {}

  async list(path: string): Promise<readonly SourceItem[]> {
    const answers = await this.ask({ about: 'list', path }, 'folder-unreadable');
    return answers.flatMap((answer) => ('items' in answer ? answer.items : []));
  }

  async stat(path: string): Promise<SourceStat> {
    const answers = await this.ask({ about: 'stat', path }, 'file-unreadable');
    const [stat] = answers.flatMap((answer) => ('stat' in answer ? [answer.stat] : []));
    if (stat === undefined) throw new Error('a state was asked for');
    return stat;
  }

  async read(path: string): Promise<Buffer> {
    const answers = await this.ask({ about: 'read', path }, 'file-unreadable');
    return Buffer.concat(answers.flatMap((answer) => ('slice' in answer ? [answer.slice] : [])));
  }

  /** Asks a question and returns all parts of the answer. */
  private async ask(question: TreeQuestion, refusal: TreeRefusal): Promise<readonly TreeAnswer[]> {
    if (this.free === 0) await new Promise<void>((resolve) => this.queue.push(resolve));
    else this.free -= 1;
    try {
      return await new Promise((resolve, reject) => {
        const parts: TreeAnswer[] = [];
        this.port.ask(question, {
          tell: (answer) => {
            parts.push(answer);
            if (!('slice' in answer) || answer.isLast) resolve(parts);
          },
          refuse: (code) =>
            reject(refuse(isGone(code) ? refusalOfGone(question) : refusal, { path: question.path, code })),
        });
      });
    } finally {
      const next = this.queue.shift();
      if (next === undefined) this.free += 1;
      else next();
    }
  }
}

/** Whether an error means that something does not exist, by Node's codes or those of `vscode.FileSystemError`. */
function isGone(code: string): boolean {
  return code === 'ENOENT' || code === 'FileNotFound';
}

/**
 * The refusals of questions that could not be answered. If something does not exist: `folder-missing` for the
 * folder itself, else `file-changing`, since the walk has usually just found it.
 */
type TreeRefusal = 'file-changing' | 'file-unreadable' | 'folder-missing' | 'folder-unreadable';

function refusalOfGone({ about, path }: TreeQuestion): TreeRefusal {
  return about === 'list' && path === '' ? 'folder-missing' : 'file-changing';
}
