import type { Diagnostic, Severity } from '../diagnostics/diagnostic.ts';
import type { Origin, Span } from '../diagnostics/origin.ts';

/** How findings are weighed in a run. */
export interface Weighing {
  /** Of single codes, from the settings; it changes reports and exit codes, never what is written. */
  readonly severities: Readonly<Record<string, Severity>>;
  /** Every warning is an error. */
  readonly strict: boolean;
}

/** The finding as it is reported. */
export function weigh(diagnostic: Diagnostic, { severities, strict }: Weighing): Diagnostic {
  const chosen = Object.hasOwn(severities, diagnostic.code) ? severities[diagnostic.code] : undefined;
  const severity = chosen ?? diagnostic.severity;
  const final = strict && severity === 'warning' ? 'error' : severity;
  return final === diagnostic.severity ? diagnostic : { ...diagnostic, severity: final };
}

/** Whether the finding keeps its hosts from being written. */
export function withholds(diagnostic: Diagnostic, weighing: Weighing): boolean {
  if (diagnostic.accepted !== undefined) return false;
  return diagnostic.severity === 'error' || (weighing.strict && weigh(diagnostic, weighing).severity === 'error');
}

const rank: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/** Whether the finding is as bad as the threshold or worse; accepted ones never are. */
export function reaches(diagnostic: Diagnostic, threshold: Severity): boolean {
  return diagnostic.accepted === undefined && rank[diagnostic.severity] <= rank[threshold];
}

/** Worst first, then by place; findings about the run as a whole stand behind those with a place. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const spans = new Map<Diagnostic, Span>();
  const spanOf = (diagnostic: Diagnostic, origin: Origin): Span => {
    const span = spans.get(diagnostic) ?? origin.span();
    spans.set(diagnostic, span);
    return span;
  };
  // A place costs a second parse of its document, so it is computed only to order two findings of one object.
  const comparePlaces = (left: Diagnostic, right: Diagnostic): number => {
    const [a, b] = [left.origin, right.origin];
    if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? 1 : -1;
    const byObject = compare(a.document.file, b.document.file) || a.document.order - b.document.order;
    if (byObject !== 0) return byObject;
    const byIndex = compareIndexes(a, b);
    if (byIndex !== undefined) return byIndex;
    const [from, to] = [spanOf(left, a), spanOf(right, b)];
    return from.line - to.line || from.col - to.col;
  };
  return [...diagnostics].sort(
    (left, right) =>
      rank[left.severity] - rank[right.severity] ||
      comparePlaces(left, right) ||
      compare(left.code, right.code) ||
      compare(left.message, right.message),
  );
}

/** The order of two places that part at the items of one list, which stand in order; undefined elsewhere. */
function compareIndexes(left: Origin, right: Origin): number | undefined {
  if (left.document !== right.document) return undefined;
  const [from, to] = [left.path, right.path];
  const parting = from.findIndex((step, index) => step !== to[index]);
  const [a, b] = [from[parting], to[parting]];
  return typeof a === 'number' && typeof b === 'number' ? a - b : undefined;
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
