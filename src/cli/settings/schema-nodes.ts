import type { PathSegment } from '../../diagnostics/origin.ts';

export type SchemaNode = Readonly<Record<PathSegment, unknown>>;

/** The schemas for the value at a place. ajv names schemas behind a `$ref` by themselves, so the value's own path is followed. */
export function nodesAt(schema: unknown, path: readonly PathSegment[]): readonly SchemaNode[] {
  let nodes = expand(schema, schema);
  for (const step of path) {
    nodes = nodes.flatMap((node) => {
      const child =
        typeof step === 'number' ? node['items'] : (childOf(node['properties'], step) ?? node['additionalProperties']);
      return expand(child, schema);
    });
  }
  return nodes;
}

/** The keys that may stand at a place. */
export function knownKeys(schema: unknown, path: readonly PathSegment[]): readonly string[] {
  return nodesAt(schema, path).flatMap((node) => Object.keys(Object(node['properties'])));
}

/** A schema with those that it refers to or chooses between. */
function expand(node: unknown, root: unknown): readonly SchemaNode[] {
  if (typeof node !== 'object' || node === null) return [];
  const schema = node as SchemaNode;
  const { $ref: reference } = schema;
  const target =
    typeof reference === 'string'
      ? toPath(reference.slice(reference.indexOf('#') + 1)).reduce(childOf, root)
      : undefined;
  const alternatives = ['oneOf', 'anyOf', 'allOf'].flatMap((key) => schema[key] ?? []);
  return [schema, ...[target, ...alternatives].flatMap((one) => expand(one, root))];
}

export function valueAt(value: unknown, path: readonly PathSegment[]): unknown {
  return path.reduce(childOf, value);
}

function childOf(node: unknown, key: PathSegment): unknown {
  return typeof node === 'object' && node !== null && Object.hasOwn(node, key) ? (node as SchemaNode)[key] : undefined;
}

/** The steps of a JSON pointer. */
export function toPath(pointer: string): readonly PathSegment[] {
  const steps = pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  return steps.map((step) => (/^\d+$/.test(step) ? Number(step) : step));
}
