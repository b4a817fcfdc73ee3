import type { Affects, Diagnostic, Report } from '../diagnostics/diagnostic.ts';

/**
 * Findings of a pass that visits one written rule once per virtual host: the same finding at the
 * same place is reported once, for all the hosts that it concerns. Call `flush` at the end.
 */
export class CollectOnce {
  readonly #found = new Map<string, Diagnostic>();

  /** Reports on behalf of one virtual host. */
  forHost(id: string): Report {
    const affects: Affects = { kind: 'hosts', ids: [id] };
    return (diagnostic) => this.add({ ...diagnostic, affects });
  }

  add(diagnostic: Diagnostic): void {
    const { origin } = diagnostic;
    const key = `${diagnostic.code} ${origin === undefined ? '' : placeKey(origin)} ${diagnostic.message}`;
    const present = this.#found.get(key);
    this.#found.set(key, present === undefined ? diagnostic : merge(present, diagnostic));
  }

  flush(report: Report): void {
    for (const diagnostic of this.#found.values()) report(diagnostic);
    this.#found.clear();
  }
}

const documents = new WeakMap<object, number>();
let seen = 0;

function placeKey({ document, field }: NonNullable<Diagnostic['origin']>): string {
  let id = documents.get(document);
  if (id === undefined) {
    id = ++seen;
    documents.set(document, id);
  }
  return `${id} ${field}`;
}

/** The graver severity stands, with its witness. */
function merge(a: Diagnostic, b: Diagnostic): Diagnostic {
  const graver = a.severity !== 'error' && b.severity === 'error' ? b : a;
  return { ...graver, affects: union(a.affects, b.affects) };
}

function union(a: Affects, b: Affects): Affects {
  if (a.kind !== 'hosts' || b.kind !== 'hosts') return a;
  return { kind: 'hosts', ids: [...new Set([...a.ids, ...b.ids])] };
}
