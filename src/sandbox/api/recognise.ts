import type { Operation } from '../model/operation.ts';
import { type OperationName, operations } from '../model/operations.ts';

/** A request as it came in: the path and the query still percent-encoded. */
export interface ApiRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly body: string;
}

/** Which call a request is, and the members in its path. */
export interface Recognised {
  readonly name: OperationName;
  readonly labels: Readonly<Record<string, string>>;
}

interface Route {
  readonly name: OperationName;
  readonly method: string;
  readonly segments: readonly string[];
}

const routes: readonly Route[] = Object.entries<Operation>(operations).map(([name, { method, uri }]) => ({
  // The keys of the table are the names.
  name: name as OperationName,
  method,
  segments: uri.split('/'),
}));

/** The call that a method and a path name, or undefined where there is none. */
export function recognise({ method, path }: ApiRequest): Recognised | undefined {
  const given = path.split('/');
  for (const route of routes) {
    if (route.method !== method || route.segments.length !== given.length) continue;
    const labels = readLabels(route.segments, given);
    if (labels !== undefined) return { name: route.name, labels };
  }
  return undefined;
}

function readLabels(
  segments: readonly string[],
  given: readonly string[],
): Readonly<Record<string, string>> | undefined {
  const labels: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const text = given[index] ?? '';
    const label = /^\{(.+)\}$/.exec(segment)?.[1];
    if (label === undefined ? segment !== text : text === '') return undefined;
    if (label !== undefined) labels[label] = decode(text);
  }
  return labels;
}

/** What is not well encoded stays as it is, and then breaks the constraint of its member. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
