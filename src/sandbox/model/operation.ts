import type { Members, MembersOf } from './shape.ts';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
type None = Record<never, never>;

/** One call of the API: where it is sent, what it answers with when it succeeds, and what it takes. */
export interface Operation<
  Path extends Members = Members,
  Required extends Members = Members,
  Optional extends Members = Members,
> {
  readonly method: Method;
  /** Segments in braces are members of the request, percent-encoded. */
  readonly uri: string;
  readonly status: number;
  readonly path: Path;
  readonly required: Required;
  readonly optional: Optional;
}

interface Inputs<Path extends Members, Required extends Members, Optional extends Members> {
  readonly path?: Path;
  readonly required?: Required;
  readonly optional?: Optional;
}

/** Declares a call; what is left out has no members. */
export function operation<
  const Path extends Members = None,
  const Required extends Members = None,
  const Optional extends Members = None,
>(
  method: Method,
  uri: string,
  status: number,
  inputs: Inputs<Path, Required, Optional>,
): Operation<Path, Required, Optional> {
  const { path, required, optional } = inputs;
  return {
    method,
    uri,
    status,
    // A member that is left out has the type None, which an empty object is.
    path: path ?? ({} as Path),
    required: required ?? ({} as Required),
    optional: optional ?? ({} as Optional),
  };
}

const paging = new Set(['maxResults', 'nextToken']);

/** Whether a member that is not in the path stands in the query: paging always, the others where there is no body. */
export function isQueried({ method }: Operation, member: string): boolean {
  return method === 'GET' || method === 'DELETE' || paging.has(member);
}

/** The type of the request of a call. */
export type InputOf<Call extends Operation> =
  Call extends Operation<infer Path, infer Required, infer Optional> ? MembersOf<Path & Required, Optional> : never;
