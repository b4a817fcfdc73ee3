import type { Diagnostic, Report } from '../../diagnostics/diagnostic.ts';

/** Whom a finding concerns: an Ingress, one host of a class, or a class. */
export type Concern =
  | { readonly kind: 'ingress'; readonly key: string }
  | { readonly kind: 'host'; readonly className: string; readonly host: string }
  | { readonly kind: 'class'; readonly className: string };

/** A virtual host and what led to it. */
export interface HostRecord {
  readonly id: string;
  readonly className: string;
  /** As written; for a host that a wildcard of the rules serves, the wildcard too. */
  readonly hosts: readonly string[];
  readonly ingresses: ReadonlySet<string>;
}

/**
 * Holds findings back until the virtual hosts are known. The place of a finding is not enough to say what it withholds:
 * the Gateway of a class and the default backend reach beyond the Ingress that they are written in.
 */
export class Findings {
  readonly #held: { readonly finding: Diagnostic; readonly concerns: readonly Concern[] }[] = [];

  /** A report for findings about one thing; a finding that says itself what it affects keeps that. */
  about(...concerns: readonly Concern[]): Report {
    return (finding) => {
      this.#held.push({ finding, concerns });
    };
  }

  flush(records: readonly HostRecord[], report: Report): void {
    const index = new Map<string, Set<string>>();
    for (const record of records) {
      for (const key of keysOf(record)) {
        const ids = index.get(key) ?? new Set<string>();
        index.set(key, ids.add(record.id));
      }
    }
    for (const { finding, concerns } of this.#held) {
      if (finding.affects.kind !== 'document') {
        report(finding);
        continue;
      }
      const ids = new Set(concerns.flatMap((concern) => [...(index.get(keyOf(concern)) ?? [])]));
      report({ ...finding, affects: { kind: 'hosts', ids: [...ids].sort() } });
    }
  }
}

function keysOf({ className, hosts, ingresses }: HostRecord): readonly string[] {
  return [
    keyOf({ kind: 'class', className }),
    ...hosts.map((host) => keyOf({ kind: 'host', className, host })),
    ...[...ingresses].map((key) => keyOf({ kind: 'ingress', key })),
  ];
}

function keyOf(concern: Concern): string {
  switch (concern.kind) {
    case 'ingress':
      return `ingress ${concern.key}`;
    case 'host':
      return `host ${concern.className} ${concern.host}`;
    case 'class':
      return `class ${concern.className}`;
  }
}
