/** Finds the editor's task for a label in `slipway.json`. */

/** The members of `vscode.Task` by which a task is chosen. */
export interface ListedTask {
  readonly name: string;
  /** The task's provider: `npm`, or `Workspace` for tasks of tasks.json. */
  readonly source: string;
  /** A workspace folder, or one of VS Code's numbers for tasks that belong to no folder. */
  readonly scope?: { readonly uri: object } | number | undefined;
}

/**
 * The folder's own task with this label, or with this name if none has the label; else a task that belongs to
 * no folder; else undefined. Never a task of another folder, since such a task checks other code.
 * @param folder the folder's URI
 */
export function chooseTask<T extends ListedTask>(
  tasks: readonly T[],
  label: string,
  folder: string,
): T | undefined {
  const listed = tasks.filter((task) => listedAs(task) === label);
  const named = [...listed, ...tasks.filter(({ name }) => name === label)];
  return (
    named.find(({ scope }) => isFolder(scope) && String(scope.uri) === folder) ??
    named.find(({ scope }) => !isFolder(scope))
  );
}

/** The label in "Run Task", which begins with the provider for a detected task. */
function listedAs({ name, source }: ListedTask): string {
  return source === 'Workspace' ? name : `${source}: ${name}`;
}

function isFolder(scope: ListedTask['scope']): scope is { readonly uri: object } {
  return scope instanceof Object;
}
