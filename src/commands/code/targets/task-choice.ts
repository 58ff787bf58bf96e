/** Which of the editor's tasks a label of `slipway.json` means. */

/** What of `vscode.Task` decides. */
export interface ListedTask {
  readonly name: string;
  /** Who found it: `npm`, or `Workspace` for what tasks.json names. */
  readonly source: string;
  /** A workspace folder, or one of VS Code's numbers for what belongs to none. */
  readonly scope?: { readonly uri: object } | number | undefined;
}

/**
 * The folder's own task of this label or, where none is listed so, of this name, else one that belongs to no folder.
 * Another folder's is never taken: it checks other code.
 * @param folder its address.
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

/** As "Run Task" lists it: a task that was detected stands there with who has found it. */
function listedAs({ name, source }: ListedTask): string {
  return source === 'Workspace' ? name : `${source}: ${name}`;
}

function isFolder(scope: ListedTask['scope']): scope is { readonly uri: object } {
  return scope instanceof Object;
}
