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
 * Replaces every match in `text`, from left to right. An empty match right behind another match is passed over, as
 * RE2's GlobalReplace does.
 */
export function substituteRe2(pattern: string, text: string, substitution: string): string {
  const result = compileRe2(pattern);
  if (result.kind === 'illegal') return text;
  const matcher = result.regex.matcher(text);
  let replaced = '';
  let end = 0;
  let isFirst = true;
  while (matcher.find()) {
    const [from, to] = [matcher.start(), matcher.end()];
    if (from === to && from === end && !isFirst) continue;
    const insert = substitution.replace(/\\(\d|\\)/g, (_, sign: string) => {
      if (sign === '\\') return '\\';
      return Number(sign) <= matcher.groupCount() ? (matcher.group(Number(sign)) ?? '') : '';
    });
    replaced += text.slice(end, from) + insert;
    end = to;
    isFirst = false;
  }
  return replaced + text.slice(end);
}
