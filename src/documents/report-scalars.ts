import type { Report } from '../diagnostics/diagnostic.ts';
import { Origin } from '../diagnostics/origin.ts';
import { documentDiagnostics } from './diagnostics.ts';
import { noteScalar, readCoreScalar, readScalar } from './kubernetes-schema.ts';
import type { ObjectSource } from './source-file.ts';

/**
 * Reports the unquoted scalars of an object that are read in more than one way, or cannot be carried
 * over. False when Kubernetes would refuse the object for one of them.
 */
export function reportScalars(source: ObjectSource, report: Report): boolean {
  // A finding quotes the scalar; nothing of a Secret is ever quoted, and nothing of it is converted.
  if (source.resource?.kind === 'Secret') return true;
  const root = new Origin(source);
  let accepted = true;
  source.text.file.indexOf(source.text).visitPlain(source.prefix, (written, path) => {
    const note = noteScalar(written);
    if (note === undefined) return;
    const origin = root.at(...path);
    if (note === 'ambiguous') {
      const args = { written, kubectl: show(readScalar(written)), others: show(readCoreScalar(written)) };
      report(documentDiagnostics['ambiguous-scalar'](args, origin));
    } else if (note === 'too-large') report(documentDiagnostics['number-too-large']({ written }, origin));
    else {
      accepted = false;
      report(documentDiagnostics['not-a-finite-number']({ written }, origin));
    }
  });
  return accepted;
}

function show(value: string | number | boolean | null): string {
  if (typeof value === 'string') return `the text ${JSON.stringify(value)}`;
  return value === Number.POSITIVE_INFINITY ? 'infinity' : String(value);
}
