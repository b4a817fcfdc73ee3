import type { Match } from '../ir/model.ts';

/** Whether a match has no condition at all. */
export function takesEveryRequest({ path, method, headers, query, authority, opaque }: Match): boolean {
  const tests = headers.length + query.length + opaque.length;
  return path.kind === 'any' && method.kind === 'any' && authority.kind === 'any' && tests === 0;
}
