/**
 * Edits one target in the text of `slipway.json`. Comments and layout outside of that target stay as they
 * are.
 */
import {
  applyEdits,
  type FormattingOptions,
  findNodeAtLocation,
  modify,
  type Node,
  parseTree,
} from 'jsonc-parser';
import type { TargetKind } from '../port/target-kind';
import { ON_SAVE_DEFAULTS, TARGET_DEFAULTS } from './defaults';
import { ownMembers, type Target } from './target';
import { membersOf } from './validate';

type Serialised = Readonly<Record<string, unknown>>;

/**
 * The JSON value of a target. A member that equals Slipway's own default is left out, unless `defaulted`
 * contains its name. `defaulted`: the members for which the file sets its own default, which would apply to a
 * member that is left out.
 */
function serialiseTarget(target: Target, usualKind: TargetKind, defaulted: ReadonlySet<string>): Serialised {
  const { connection, initializationScript: script, commandLineArguments: list, onSave } = target;
  const usual = new Map<string, unknown>(Object.entries(ON_SAVE_DEFAULTS));
  const changed = Object.entries(onSave).filter(
    ([name, value]) => defaulted.has('onSave') || usual.get(name) !== value,
  );
  const { kind: _, ...account } = connection;
  return {
    connection: connection.kind === 'sandbox' ? 'sandbox' : account,
    ...((target.kind !== usualKind || defaulted.has('kind')) && { kind: target.kind.id }),
    ...ownMembers(target),
    bucket: target.bucket,
    ...unlessDefault('prefix', target.prefix),
    ...unlessDefault('root', target.root),
    ...unlessDefault('include', target.include),
    ...unlessDefault('ignore', target.ignore),
    ...unlessDefault('useGitignore', target.useGitignore),
    ...(script.kind !== 'keep' && { initializationScript: script.kind === 'clear' ? null : script.value }),
    ...(list.kind !== 'keep' && { commandLineArguments: list.kind === 'clear' ? [] : list.value }),
    ...(target.strategy && { strategy: target.strategy }),
    ...unlessDefault('protected', target.protected),
    ...(target.preDeploy !== undefined && { preDeploy: target.preDeploy }),
    ...(changed.length > 0 && { onSave: Object.fromEntries(changed) }),
  };

  function unlessDefault(name: keyof typeof TARGET_DEFAULTS, value: unknown): Serialised {
    const isUsual = JSON.stringify(TARGET_DEFAULTS[name]) === JSON.stringify(value);
    return isUsual && !defaulted.has(name) ? {} : { [name]: value };
  }
}

/**
 * The text with the target added; a target of the same name is replaced. An empty text becomes a whole file.
 * If the file has a default for a part of the configuration, the text cannot express that a target keeps this
 * part as it is: the default applies instead.
 * @param usualKind the kind of a target that names no kind
 */
export function withTarget(text: string, target: Target, usualKind: TargetKind): string {
  const start = text.trim() === '' ? '{}\n' : text;
  const tree = parseTree(start, [], { allowTrailingComma: true });
  const find = (...path: string[]): Node | undefined => tree && findNodeAtLocation(tree, path);
  const defaulted = new Set(membersOf(find('defaults')).map(({ name }) => name));
  const value = serialiseTarget(target, usualKind, defaulted);
  const last = find('targets')?.children?.at(-1);
  return last === undefined || find('targets', target.name) !== undefined
    ? set(start, ['targets', target.name], value)
    : insertAfter(last, start, target.name, value);
}

/**
 * Adds a target after the last one. The text is put together by hand: the editing library would change the layout of
 * the neighbouring target.
 */
function insertAfter({ offset, length }: Node, text: string, name: string, value: Serialised): string {
  const { eol = '\n', insertSpaces, tabSize = 2 } = layoutOf(text);
  const [margin = ''] = /[ \t]*$/.exec(text.slice(0, offset)) ?? [];
  const lines = JSON.stringify(value, undefined, insertSpaces ? tabSize : '\t').replaceAll(
    '\n',
    eol + margin,
  );
  const end = offset + length;
  return `${text.slice(0, end)},${eol}${margin}${JSON.stringify(name)}: ${lines}${text.slice(end)}`;
}

function set(text: string, path: string[], value: unknown): string {
  return applyEdits(text, modify(text, path, value, { formattingOptions: layoutOf(text) }));
}

function layoutOf(text: string): FormattingOptions {
  const [, indent = '  '] = /^([ \t]+)\S/m.exec(text) ?? [];
  return {
    insertSpaces: !indent.startsWith('\t'),
    tabSize: indent.startsWith('\t') ? 4 : indent.length,
    eol: text.includes('\r\n') ? '\r\n' : '\n',
  };
}
