import { recordOf } from '../read-manifest.ts';

/** A policy as it is written, or why it is none. */
export type ReadPolicy =
  | { readonly kind: 'policy'; readonly text: string }
  | { readonly kind: 'not-json' }
  | { readonly kind: 'not-valid'; readonly text: string; readonly why: string };

/** Reads an IAM policy, given as an object or as JSON, and writes it without line breaks, which the API refuses. */
export function readPolicy(policy: string | Readonly<Record<string, unknown>>): ReadPolicy {
  const value = typeof policy === 'string' ? parse(policy) : policy;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { kind: 'not-json' };
  const text = JSON.stringify(value);
  const why = whyNotValid(recordOf(value)['Statement']);
  return why === undefined ? { kind: 'policy', text } : { kind: 'not-valid', text, why };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The elements of which a statement has exactly one (IAM reference, policy grammar; a resource's policy has principals). */
const ELEMENTS = [
  ['Principal', 'NotPrincipal'],
  ['Action', 'NotAction'],
  ['Resource', 'NotResource'],
] as const;

function whyNotValid(statements: unknown): string | undefined {
  const all = [statements ?? []].flat();
  if (all.length === 0) return 'it has no Statement';
  for (const [index, one] of all.entries()) {
    if (typeof one !== 'object' || one === null) return `statement ${index + 1} is no object`;
    const statement = recordOf(one);
    const effect = statement['Effect'];
    if (effect !== 'Allow' && effect !== 'Deny') return `Effect of statement ${index + 1} is neither Allow nor Deny`;
    for (const [name, not] of ELEMENTS) {
      if (Object.hasOwn(statement, name) === Object.hasOwn(statement, not))
        return `statement ${index + 1} needs one of ${name} and ${not}`;
    }
  }
  return undefined;
}
