import { RE2JS } from 're2js';

const compiled = new Map<string, RE2JS>();

/** Replaces every occurrence of a pattern as Envoy does, with `\1` for what its first group found. */
export const substitute = (
  { source, substitution }: { readonly source: string; readonly substitution: string },
  path: string,
): string => {
  let pattern = compiled.get(source);
  if (pattern === undefined) {
    pattern = RE2JS.compile(source);
    compiled.set(source, pattern);
  }
  // re2js writes groups as `$1`.
  const replacement = substitution.replace(/\$/g, '\\$').replace(/\\(\d)/g, (_, group: string) => `$${group}`);
  return pattern.matcher(path).replaceAll(replacement);
};
