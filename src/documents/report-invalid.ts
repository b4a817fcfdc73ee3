import type { Report } from '../diagnostics/diagnostic.ts';
import { Origin } from '../diagnostics/origin.ts';
import { documentDiagnostics } from './diagnostics.ts';
import { findRawPlaceholder } from './find-placeholder.ts';
import type { DocumentProblem } from './parse-document.ts';
import { renderCommand } from './render-command.ts';
import { type DocumentText, PointSource } from './source-file.ts';
import { mentionsSecret } from './without-secret-values.ts';

/** Reports why a document could not be read. A template that was never rendered is named as such. */
export function reportInvalid(text: DocumentText, problem: DocumentProblem, report: Report): void {
  text.secret = mentionsSecret(text.text);
  const place = (start: number, end?: number): Origin => new Origin(new PointSource(text, start, end));
  switch (problem.kind) {
    case 'invalid': {
      const placeholder = findRawPlaceholder(text.text, problem.offset);
      if (placeholder === undefined) {
        const help = helpFor(problem.reason);
        const args = { reason: text.secret ? problem.reason.replace(/\s*[":].*/s, '') : problem.reason };
        report(
          documentDiagnostics['invalid-yaml'](help === undefined ? args : { ...args, help }, place(problem.offset)),
        );
      } else {
        const { text: found, offset } = placeholder;
        const args = { text: found, command: renderCommand(text.file.name) };
        report(documentDiagnostics['unsubstituted-template'](args, place(offset, offset + found.length)));
      }
      break;
    }
    case 'duplicate-key': {
      const duplicates = text.file.indexOf(text).duplicates();
      if (duplicates.length === 0) {
        report(documentDiagnostics['invalid-yaml']({ reason: 'a mapping has one key twice' }, place(problem.offset)));
      }
      for (const { key, first, again } of duplicates) {
        const related = [{ message: 'the first one', origin: place(first.start, first.end) }];
        report(documentDiagnostics['duplicate-key']({ key }, place(again.start, again.end), { related }));
      }
      break;
    }
    case 'too-many-aliases':
      report(documentDiagnostics['too-many-aliases']({ limit: problem.limit }, place(0)));
      break;
    case 'recursive-alias':
      report(documentDiagnostics['recursive-alias']({}, place(0)));
      break;
  }
}

function helpFor(reason: string): string | undefined {
  if (reason.startsWith('tab characters')) return 'Indent with spaces.';
  if (reason.startsWith('unidentified alias')) return 'Define the anchor (&name) above, in the same document.';
  if (reason.startsWith('nesting exceeded')) return 'Nothing in Kubernetes nests so deeply; is this a manifest?';
  if (reason.startsWith('unexpected end')) return 'The document ends too early: is the file complete?';
  if (reason.startsWith('null byte')) return 'The file seems to be binary.';
  return undefined;
}
