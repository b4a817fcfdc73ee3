import type { DiagnosticExtras, DiagnosticFactory, Report } from '../diagnostics/diagnostic.ts';
import type { Origin } from '../diagnostics/origin.ts';
import { getOrAdd } from './manifest.ts';

interface Row {
  readonly hosts: Set<string>;
  readonly report: (ids: readonly string[], report: Report) => void;
}

/**
 * Collects findings so that one place is reported once with all the hosts that it concerns: a rule of an object with
 * ten hosts on two ports is printed twenty times. Errors that nothing can be emitted for mark their hosts as failed.
 */
export class HostFindings {
  readonly #rows = new Map<string, Row>();
  readonly #failed = new Set<string>();

  add<Args>(
    factory: DiagnosticFactory<Args>,
    args: Args,
    origin: Origin | undefined,
    hosts: Iterable<string>,
    extras: DiagnosticExtras = {},
  ): void {
    const place = origin === undefined ? '' : `${origin.document.file}\n${nameOf(origin)}\n${origin.field}`;
    const row = getOrAdd(this.#rows, `${factory.code}\n${place}\n${JSON.stringify(args)}`, () => ({
      hosts: new Set<string>(),
      report: (ids, report) => report(factory(args, origin, { affects: { kind: 'hosts', ids }, ...extras })),
    }));
    const { severity = factory.definition.severity } = extras;
    const { accept } = factory.definition;
    for (const host of hosts) {
      row.hosts.add(host);
      if (severity === 'error' && accept === 'never') this.#failed.add(host);
    }
  }

  /** Whether a host met an error that leaves nothing right to emit. */
  hasFailed(host: string): boolean {
    return this.#failed.has(host);
  }

  /** Reports what was collected, in the order of finding. */
  flush(report: Report): void {
    for (const row of this.#rows.values()) row.report([...row.hosts].sort(), report);
    this.#rows.clear();
  }
}

function nameOf({ document: { resource } }: Origin): string {
  return resource === undefined ? '' : `${resource.kind} ${resource.namespace ?? ''}/${resource.name}`;
}
