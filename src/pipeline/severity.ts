import type { Diagnostic, Severity } from '../diagnostics/diagnostic.ts';

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
  const keyed = diagnostics.map((diagnostic) => ({ diagnostic, span: diagnostic.origin?.span() }));
  keyed.sort((left, right) => {
    const bySeverity = rank[left.diagnostic.severity] - rank[right.diagnostic.severity];
    if (bySeverity !== 0) return bySeverity;
    if (left.span === undefined || right.span === undefined) {
      if (left.span !== right.span) return left.span === undefined ? 1 : -1;
    } else {
      const place =
        compare(left.span.file, right.span.file) || left.span.line - right.span.line || left.span.col - right.span.col;
      if (place !== 0) return place;
    }
    return (
      compare(left.diagnostic.code, right.diagnostic.code) || compare(left.diagnostic.message, right.diagnostic.message)
    );
  });
  return keyed.map(({ diagnostic }) => diagnostic);
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
