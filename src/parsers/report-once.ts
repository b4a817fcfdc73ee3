import type { Report } from '../diagnostics/diagnostic.ts';

/** Lets one finding of each code, place and text through: a rule is looked at once per listener or proxy that has it. */
export function reportOnce(report: Report): Report {
  const seen = new Set<string>();
  return (diagnostic) => {
    const place = diagnostic.origin;
    const resource = place?.document.resource;
    const key = JSON.stringify([diagnostic.code, place?.document.file, resource, place?.path, diagnostic.message]);
    if (seen.has(key)) return;
    seen.add(key);
    report(diagnostic);
  };
}
