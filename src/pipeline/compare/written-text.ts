import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { PathSegment } from '../../diagnostics/origin.ts';
import type { VirtualHost } from '../../ir/model.ts';
import type { Contents } from '../contents.ts';
import { splitApiVersion } from '../split-api-version.ts';

type Plain = Readonly<Record<string, unknown>>;

/**
 * An access rule as a text that is equal for equal rules only. A policy is its spec, under whatever name it stands in
 * its namespace; a field or an annotation that guards is its value with what its object routes on the host.
 */
export function accessText(
  finding: Diagnostic,
  host: VirtualHost,
  contents: Contents,
  defaultNamespace: string,
): string {
  const { origin, code, message } = finding;
  const object = origin === undefined ? undefined : contents.get(origin.document);
  if (origin === undefined || object === undefined) return `${code} ${message}`;
  const { path, document } = origin;
  if (path.length > 0) {
    const guarded = host.rules.filter((rule) => rule.origin.document === document).map(({ matches }) => matches);
    return [code, canonical(valueAt(object, path)), canonical(guarded)].join(' ');
  }
  const { kind, namespace = defaultNamespace } = document.resource ?? { kind: '' };
  return [code, kind, namespace, canonical(withoutMetadata(object))].join(' ');
}

/** What is not read, with its whole object: the same text stands for the same behaviour in the same place. */
export function unreadText(
  { origin, code, message }: Diagnostic,
  contents: Contents,
  defaultNamespace: string,
): string {
  const object = origin === undefined ? undefined : contents.get(origin.document);
  if (origin === undefined || object === undefined) return `${code} ${message}`;
  const { kind, name, namespace = defaultNamespace } = origin.document.resource ?? { kind: '', name: '' };
  const annotations = isPlain(object['metadata']) ? object['metadata']['annotations'] : undefined;
  return [code, message, kind, namespace, name, canonical(annotations), canonical(withoutMetadata(object))].join(' ');
}

/** A setting as its value and what it holds for, whatever the object is called that it stands in. */
export function settingText({ origin, code, message }: Diagnostic, contents: Contents): string {
  const object = origin === undefined ? undefined : contents.get(origin.document);
  if (origin === undefined || object === undefined) return `${code} ${message}`;
  if (origin.path.length === 0) return canonical(withoutMetadata(object));
  return canonical([...itemsOn(object, origin.path), valueAt(object, origin.path)]);
}

/** What tells the items of lists apart that a path leads through, such as subsets and ports. */
function itemsOn(object: Plain, path: readonly PathSegment[]): readonly unknown[] {
  return path.flatMap((step, index) => {
    const item = typeof step === 'number' ? valueAt(object, path.slice(0, index + 1)) : undefined;
    return isPlain(item) ? [{ name: item['name'], port: item['port'] }] : [];
  });
}

function withoutMetadata(object: Plain): Plain {
  const { metadata: _, status: __, apiVersion, ...rest } = object;
  return { ...rest, group: splitApiVersion(String(apiVersion)).group };
}

function valueAt(object: Plain, path: readonly PathSegment[]): unknown {
  let value: unknown = object;
  for (const step of path) value = isPlain(value) || Array.isArray(value) ? Reflect.get(value, step) : undefined;
  return value;
}

function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** JSON with sorted keys, places left out. */
function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (key, child: unknown) => {
      if (key === 'origin') return undefined;
      return isPlain(child) ? Object.fromEntries(Object.entries(child).sort(([a], [b]) => (a < b ? -1 : 1))) : child;
    }) ?? ''
  );
}
