/** Reads XML by the shapes of a model; the judge's own reader, so that it shares no error with the sandbox. */
import { type Model, type Shape, type ShapeRef, shapeOf } from './model';

export interface Element {
  readonly name: string;
  readonly children: Element[];
  text: string;
}

/** @throws when the tags do not pair up. */
export function readXml(source: string): Element {
  const root: Element = { name: '', children: [], text: '' };
  const open: Element[] = [root];
  for (const [, declaration, end, start, single, text] of source.matchAll(
    /(<\?[^>]*\?>)|<\/([\w:.-]+)\s*>|<([\w:.-]+)[^>]*?(\/)?>|([^<]+)/g,
  )) {
    const current = open.at(-1);
    if (declaration !== undefined || !current) continue;
    if (text !== undefined) current.text += text;
    else if (start !== undefined) {
      const element: Element = { name: start, children: [], text: '' };
      current.children.push(element);
      if (!single) open.push(element);
    } else if (open.pop()?.name !== end) throw new Error(`</${end}> closes nothing`);
  }
  const [only, ...more] = root.children;
  if (open.length !== 1 || !only || more.length > 0) throw new Error('no single root element');
  return only;
}

/**
 * The plain value that an element stands for: scalars as text, lists as arrays. Elements that the shape does not
 * name become members of their own name, for the check to object to.
 */
export function elementValue(model: Model, ref: ShapeRef, element: Element): unknown {
  const shape = shapeOf(model, ref.shape);
  switch (shape.type) {
    case 'structure':
      return structureOf(model, shape, element.children);
    case 'list':
      return element.children.map((child) =>
        shape.member ? elementValue(model, shape.member, child) : child.text,
      );
    case 'map':
      return Object.fromEntries(element.children.map(({ name, text }) => [name, unescaped(text)]));
    default:
      return unescaped(element.text);
  }
}

export function structureOf(
  model: Model,
  shape: Shape,
  children: readonly Element[],
): Record<string, unknown> {
  const names = new Map<string, readonly [string, ShapeRef]>();
  for (const [name, ref] of Object.entries(shape.members ?? {})) {
    const target = shapeOf(model, ref.shape);
    const flat = ref.flattened || target.flattened;
    const memberName = flat ? (ref.locationName ?? target.member?.locationName) : ref.locationName;
    names.set(memberName ?? name, [name, ref]);
  }
  const value: Record<string, unknown> = {};
  for (const child of children) {
    const [name, ref] = names.get(child.name) ?? [child.name, undefined];
    const target = ref && shapeOf(model, ref.shape);
    if (!ref || !target) value[name] = child.text;
    else if (target.type === 'list' && (ref.flattened || target.flattened) && target.member) {
      const before = value[name];
      value[name] = [...(Array.isArray(before) ? before : []), elementValue(model, target.member, child)];
    } else value[name] = elementValue(model, ref, child);
  }
  return value;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescaped(text: string): string {
  return text.replace(/&(?:#x([0-9a-fA-F]+)|#(\d+)|(\w+));/g, (whole, hex, decimal, name) =>
    hex
      ? String.fromCodePoint(Number.parseInt(hex, 16))
      : decimal
        ? String.fromCodePoint(Number(decimal))
        : (ENTITIES[name] ?? whole),
  );
}
