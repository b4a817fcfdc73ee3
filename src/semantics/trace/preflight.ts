import type { Cors } from '../../ir/actions.ts';
import { headerOf } from '../evaluate.ts';
import { regexEngine } from '../languages/regex-engine.ts';
import type { ModelRequest } from '../request-model.ts';

/** Whether a gateway answers a CORS preflight itself: one of an allowed origin never reaches the backend. */
export function isPreflightAnswered(cors: Cors | undefined, request: ModelRequest): boolean {
  if (cors === undefined || request.method !== 'OPTIONS') return false;
  const origin = headerOf(request, 'origin');
  if (origin === undefined || headerOf(request, 'access-control-request-method') === undefined) return false;
  return cors.unmatchedPreflight === 'ignore' || cors.origins.some((allowed) => allows(allowed, origin));
}

function allows({ kind, value }: Cors['origins'][number], origin: string): boolean {
  if (kind === 'regex') return regexEngine().matches(value, origin);
  return kind === 'prefix' ? origin.startsWith(value) : value === '*' || value === origin;
}
