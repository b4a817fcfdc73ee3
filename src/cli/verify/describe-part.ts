import type { Dimension } from '../../diagnostics/dimension.ts';
import type { Action, Cors, Forward, HeaderOps } from '../../ir/actions.ts';
import { nameBackend } from '../../semantics/describe-action.ts';

type Describe = (forward: Forward) => readonly string[];

/** How each part of a forward that changes no answer is said, and what is said where there is none. */
const parts: Readonly<
  Record<'headers' | 'timeout' | 'retry' | 'mirror' | 'fault' | 'affinity', { none: string; describe: Describe }>
> = {
  headers: {
    none: 'no changes of headers',
    describe: ({ requestHeaders, responseHeaders, shares, cors }) => [
      ...describeOps('request', requestHeaders),
      ...describeOps('response', responseHeaders),
      ...shares.flatMap((share) => {
        if (share.kind === 'invalid') return [];
        const { backend } = share;
        const own = [
          ...describeOps('request', backend.requestHeaders),
          ...describeOps('response', backend.responseHeaders),
        ];
        return own.map((one) => `${one} (to ${nameBackend(backend)})`);
      }),
      ...(cors === undefined ? [] : [describeCors(cors)]),
    ],
  },
  timeout: {
    none: 'no timeout',
    describe: ({ requestTimeout, backendTimeout, retry }) => {
      const tries = [backendTimeout, retry?.perTryTimeout].filter((one) => one !== undefined);
      return [
        ...(requestTimeout === undefined ? [] : [`timeout ${printMillis(requestTimeout)}`]),
        ...(tries.length === 0 ? [] : [`timeout ${printMillis(Math.min(...tries))} of one try`]),
      ];
    },
  },
  retry: {
    none: 'no retries stated',
    describe: ({ retry }) => {
      if (retry === undefined) return [];
      if (retry.attempts === 0) return ['no retries'];
      const when = [...retry.codes.map(String), ...retry.conditions];
      return [
        `${retry.attempts} retries${when.length === 0 ? '' : ` on ${when.join(', ')}`}`,
        ...(retry.backoff === undefined ? [] : [`back-off ${printMillis(retry.backoff)}`]),
      ];
    },
  },
  mirror: {
    none: 'no mirror',
    describe: ({ mirrors }) =>
      mirrors.map(({ backend, fraction }) => `mirrored to ${nameBackend(backend)}, ${printMillionths(fraction)}`),
  },
  fault: {
    none: 'no fault',
    describe: ({ fault }) => [
      ...(fault?.delay === undefined
        ? []
        : [`delay of ${printMillis(fault.delay.duration)}, ${printMillionths(fault.delay.fraction)}`]),
      ...(fault?.abort === undefined
        ? []
        : [
            `abort with ${fault.abort.grpc ? 'gRPC status' : 'status'} ${fault.abort.status}, ${printMillionths(fault.abort.fraction)}`,
          ]),
    ],
  },
  affinity: {
    none: 'no affinity',
    describe: ({ session }) =>
      session === undefined
        ? []
        : [`affinity by ${session.kind}${session.name === undefined ? '' : ` ${session.name}`}`],
  },
};

/** What an action does in a dimension beside its answer; undefined for dimensions that the answer itself shows. */
export function describePart(dimension: Dimension, action: Action): string | undefined {
  if (!isPart(dimension)) return undefined;
  if (action.kind !== 'forward') {
    if (dimension !== 'headers') return parts[dimension].none;
    return describeOps('response', action.responseHeaders).join('; ') || parts.headers.none;
  }
  return parts[dimension].describe(action).join('; ') || parts[dimension].none;
}

function isPart(dimension: Dimension): dimension is keyof typeof parts {
  return Object.hasOwn(parts, dimension);
}

function describeCors({ origins, methods, requestHeaders, exposeHeaders, credentials, maxAge }: Cors): string {
  const more = [
    ...(methods.length === 0 ? [] : [`methods ${methods.join(', ')}`]),
    ...(requestHeaders.length === 0 ? [] : [`headers ${requestHeaders.join(', ')}`]),
    ...(exposeHeaders.length === 0 ? [] : [`shows ${exposeHeaders.join(', ')}`]),
    ...(credentials ? ['with credentials'] : []),
    ...(maxAge === undefined ? [] : [`for ${maxAge}s`]),
  ];
  const list = origins.map(({ kind, value }) => (kind === 'exact' ? value : `${kind} ${value}`)).join(', ');
  return `CORS for ${list || 'no origin'}${more.length === 0 ? '' : ` (${more.join('; ')})`}`;
}

function describeOps(of: 'request' | 'response', { remove, set, add }: HeaderOps): readonly string[] {
  return [
    ...remove.map((name) => `removes ${of} header ${name}`),
    ...set.map(({ name, value }) => `sets ${of} header ${name}: ${value}`),
    ...add.map(({ name, value }) => `adds ${of} header ${name}: ${value}`),
  ];
}

function printMillis(millis: number): string {
  return millis % 1000 === 0 ? `${millis / 1000}s` : `${millis}ms`;
}

function printMillionths(millionths: number): string {
  return `${millionths / 10_000} % of the requests`;
}
