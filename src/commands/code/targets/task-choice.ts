/** Finds the editor's task for a label of `slipway.json`. */

/** The members of `vscode.Task` that decide. */
export interface ListedTask {
  readonly name: string;
  /** Its provider: `npm`, or `Workspace` for tasks of tasks.json. */
  readonly source: string;
  /** A workspace folder, or one of VS Code's numbers for what belongs to none. */
  readonly scope?: { readonly uri: object } | number | undefined;
}

/**
 * The folder's own task with this label or, where none is listed so, with this name; else one that belongs to no
 * folder. Never a task of another folder: it checks other code.
 * @param folder its URI
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

/** The label in "Run Task": that of a detected task begins with its provider. */
function listedAs({ name, source }: ListedTask): string {
  return source === 'Workspace' ? name : `${source}: ${name}`;
}

function isFolder(scope: ListedTask['scope']): scope is { readonly uri: object } {
  return scope instanceof Object;
}
