import { violated } from '../errors.ts';
import { checkMembers, isObject } from '../model/check-shape.ts';
import { isQueried, type Operation } from '../model/operation.ts';
import { operations } from '../model/operations.ts';
import { type Members, type Shape, structure } from '../model/shape.ts';
import type { ApiRequest, Recognised } from './recognise.ts';

/**
 * The members of a request, from its path, query and body. Throws the service's error unless every one keeps every
 * constraint; then the result has the type of the call's input.
 */
export function readInput({ name, labels }: Recognised, request: ApiRequest): Readonly<Record<string, unknown>> {
  const call: Operation = operations[name];
  const members: Members = { ...call.required, ...call.optional };
  const inBody = Object.keys(members).filter((member) => !isQueried(call, member));
  const body = inBody.length === 0 ? {} : readBody(request.body);
  const query = new URLSearchParams(request.query);
  const input: Record<string, unknown> = { ...labels };
  for (const [member, shape] of Object.entries(members)) {
    const value = isQueried(call, member) ? readQuery(query, member, shape) : body[member];
    // JSON null says the same as an absent member.
    if (value !== undefined && value !== null) input[member] = withoutNulls(value);
  }
  const violations = checkMembers(structure({ ...call.path, ...call.required }, call.optional), input);
  if (violations.length > 0) throw violated(violations);
  return input;
}

function readBody(text: string): Readonly<Record<string, unknown>> {
  if (text === '') return {};
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    body = undefined;
  }
  if (isObject(body)) return body;
  throw violated([{ name: 'body', message: 'must be a JSON object', unreadable: true }]);
}

/** A member of the query as the type of its shape; what is none of that type stays text, which no constraint lets pass. */
function readQuery(query: URLSearchParams, member: string, shape: Shape): unknown {
  const texts = query.getAll(member);
  const [text] = texts;
  if (text === undefined) return undefined;
  if (shape.kind === 'list') return texts;
  if (shape.kind === 'whole') return /^-?\d{1,15}$/.test(text) ? Number(text) : text;
  if (shape.kind === 'flag') return text === 'true' ? true : text === 'false' ? false : text;
  return text;
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).filter(([, one]) => one !== null);
  return Object.fromEntries(entries.map(([key, one]) => [key, withoutNulls(one)]));
}
