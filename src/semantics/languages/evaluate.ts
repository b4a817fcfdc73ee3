import { RE2JS } from 're2js';
import { BoundedMemo } from './bounded-memo.ts';

/** A compiled pattern, or what RE2 has against it. */
export type CompiledRe2 =
  | { readonly kind: 'legal'; readonly regex: RE2JS }
  | { readonly kind: 'illegal'; readonly message: string };

const compiled = new BoundedMemo<CompiledRe2>(1_000);

/** Compiles a pattern as Envoy would; what is illegal here is refused there. */
export function compileRe2(pattern: string): CompiledRe2 {
  return compiled.get(pattern, () => {
    try {
      return { kind: 'legal', regex: RE2JS.compile(pattern) };
    } catch (error) {
      return { kind: 'illegal', message: error instanceof Error ? error.message : String(error) };
    }
  });
}

/** Whether the pattern matches the whole of `value`. An illegal pattern matches nothing. */
export function matchesRe2(pattern: string, value: string): boolean {
  const result = compileRe2(pattern);
  return result.kind === 'legal' && result.regex.testExact(value);
}

/**
 * Replaces every match of the pattern, as Envoy's regex rewrite does: `\1` to `\9` stand for groups, `\0` for the whole
 * match, `\\` for a backslash. An illegal pattern changes nothing.
 */
export function replaceRe2(pattern: string, value: string, substitution: string): string {
  const result = compileRe2(pattern);
  if (result.kind === 'illegal') return value;
  const matcher = result.regex.matcher(value);
  let replaced = '';
  let end = 0;
  while (matcher.find()) {
    replaced += value.slice(end, matcher.start());
    replaced += substitution.replace(/\\([0-9\\])/g, (_, mark: string) => {
      if (mark === '\\') return '\\';
      return Number(mark) <= matcher.groupCount() ? (matcher.group(Number(mark)) ?? '') : '';
    });
    end = matcher.end();
  }
  return replaced + value.slice(end);
}
