// Speaks to the sandbox as the service model says, and compares what comes back with the model's shapes.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { isFineText } from './lattice-api-samples.js';

const cli = join(import.meta.dirname, '../../bin/latticectl.js');

/** Starts the built CLI; gives its URL and what stops it. */
export async function startSandbox(...args) {
  const child = spawn(process.execPath, [cli, 'sandbox', ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  for await (const chunk of child.stdout.setEncoding('utf8')) {
    text += chunk;
    if (text.includes('\n')) break;
  }
  return { url: text.trim(), stop: () => child.kill() };
}

/** One call of an operation of the model. `key` is the access key; an account where it is twelve digits. */
export async function send({ shapes, operations }, url, name, input, key = 'any') {
  const { method, uri, input: inputShape } = operations[name];
  const { members } = shapes[inputShape];
  const query = new URLSearchParams();
  const body = {};
  let path = uri;
  for (const [member, value] of Object.entries(input)) {
    const { location, locationName = member } = members[member];
    if (location === 'uri') path = path.replace(`{${locationName}}`, encodeURIComponent(value));
    else if (location === 'querystring') for (const one of [value].flat()) query.append(locationName, one);
    else body[member] = value;
  }
  const hasBody = method !== 'GET' && method !== 'DELETE';
  const response = await fetch(`${url}${path}${query.size === 0 ? '' : `?${query}`}`, {
    method,
    headers: { authorization: `AWS4-HMAC-SHA256 Credential=${key}/20260101/us-west-2/vpc-lattice/aws4_request` },
    ...(hasBody ? { body: JSON.stringify(body) } : {}),
  });
  const text = await response.text();
  return {
    status: response.status,
    error: response.headers.get('x-amzn-errortype') ?? undefined,
    headers: response.headers,
    body: text === '' ? {} : JSON.parse(text),
  };
}

/** What is wrong with an answer by the model: its status, or a member of its body. */
export function faultsOf({ shapes, operations }, name, answer) {
  const operation = operations[name];
  const wrong = [];
  if (answer.headers.get('x-amzn-requestid') === null) wrong.push('has no request id');
  if (answer.error === undefined) {
    if (answer.status !== operation.status) wrong.push(`status ${answer.status}, not ${operation.status}`);
    wrong.push(...misfits(shapes, operation.output, answer.body, ''));
    return wrong;
  }
  const shape = shapes[answer.error];
  if (shape?.error === undefined) return [`${answer.error} is no error of the model`];
  if (!operation.errors.includes(answer.error)) wrong.push(`${answer.error} is no error of ${name}`);
  if (answer.status !== shape.error.httpStatusCode) wrong.push(`${answer.error} with status ${answer.status}`);
  return [...wrong, ...misfits(shapes, answer.error, answer.body, '')];
}

/** How a value that came back differs from its shape. */
function misfits(shapes, name, value, path) {
  const shape = shapes[name];
  const wrong = (what) => [`${path || name}: ${what}`];
  switch (shape.type) {
    case 'string':
      if (typeof value !== 'string') return wrong('is no string');
      if (shape.enum !== undefined) return shape.enum.includes(value) ? [] : wrong(`${value} is not in the enum`);
      return isFineText(shape, value) ? [] : wrong(`${value} is not of the shape`);
    case 'integer':
    case 'long':
      if (!Number.isInteger(value)) return wrong('is no whole number');
      return value >= (shape.min ?? value) && value <= (shape.max ?? value) ? [] : wrong(`${value} is out of range`);
    case 'boolean':
      return typeof value === 'boolean' ? [] : wrong('is no boolean');
    case 'timestamp':
      return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(value) ? [] : wrong(`${value} is no time`);
    case 'list':
      if (!Array.isArray(value)) return wrong('is no list');
      return value.flatMap((one, index) => misfits(shapes, shape.member.shape, one, `${path}[${index}]`));
    case 'map':
      return Object.entries(value).flatMap(([key, one]) => misfits(shapes, shape.value.shape, one, `${path}.${key}`));
    case 'structure': {
      const inBody = (member) => shape.members[member]?.location === undefined;
      const missing = (shape.required ?? []).filter((member) => inBody(member) && value[member] === undefined);
      return [
        ...missing.flatMap((member) => wrong(`${member} is missing`)),
        ...Object.entries(value).flatMap(([member, one]) =>
          shape.members[member] === undefined
            ? wrong(`has ${member}, which the model does not know`)
            : misfits(shapes, shape.members[member].shape, one, path === '' ? member : `${path}.${member}`),
        ),
      ];
    }
    default:
      throw new Error(`${name}: ${shape.type}`);
  }
}
