import type { Report } from '../../diagnostics/diagnostic.ts';
import type { Origin } from '../../diagnostics/origin.ts';
import { istioDiagnostics as d } from './diagnostics.ts';
import type { RouteDraft } from './draft.ts';
import type { HttpRouteInput } from './types.ts';

/** Reports fields of one rule that Istio refuses beside each other; which of them counts is then not known. */
export function reportExcluded(input: HttpRouteInput, draft: RouteDraft, report: Report): void {
  const refuse = (field: string, beside: string, origin: Origin) =>
    report(d['invalid-value']({ field, value: 'written', want: `nothing of the kind beside \`${beside}\`` }, origin));
  const { redirect, directResponse, fault, rewrite, headers } = draft;
  const answer = redirect === undefined ? 'directResponse' : 'redirect';
  if (redirect !== undefined || directResponse !== undefined) {
    if (fault !== undefined) refuse('fault', answer, fault.origin);
    if (rewrite !== undefined) refuse('rewrite', answer, rewrite.origin);
  }
  if (rewrite?.value.uri !== undefined && rewrite.value.regex !== undefined) {
    refuse('uriRegexRewrite', 'uri', rewrite.origin.at('uriRegexRewrite'));
  }
  if (rewrite?.value.authority !== undefined && headers?.value.host !== undefined) {
    refuse('Host', 'rewrite.authority', headers.value.host.origin);
  }
  if (input.mirror && input.mirrors && input.mirrors.length > 0) refuse('mirror', 'mirrors', draft.origin.at('mirror'));
}
