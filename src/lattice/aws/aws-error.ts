import { type FailureKind, LiveError } from '../live-error.ts';
import type { Operation } from '../port.ts';

/** Names of errors that say how to go on, whatever status they come with. Throttles are those that the SDK knows. */
const kinds: Readonly<Record<string, FailureKind>> = {
  BandwidthLimitExceeded: 'throttled',
  EC2ThrottledException: 'throttled',
  LimitExceededException: 'throttled',
  PriorRequestNotComplete: 'throttled',
  ProvisionedThroughputExceededException: 'throttled',
  RequestLimitExceeded: 'throttled',
  RequestThrottled: 'throttled',
  RequestThrottledException: 'throttled',
  SlowDown: 'throttled',
  ThrottledException: 'throttled',
  Throttling: 'throttled',
  ThrottlingException: 'throttled',
  TooManyRequestsException: 'throttled',
  TransactionInProgressException: 'throttled',
  InternalServerException: 'transient',
  ServiceUnavailableException: 'transient',
  RequestTimeout: 'transient',
  RequestTimeoutException: 'transient',
  TimeoutError: 'transient',
  // What the answer says is no JSON.
  SyntaxError: 'transient',
  // The credentials themselves are refused; which action it was says nothing.
  AuthFailure: 'final',
  ExpiredToken: 'final',
  ExpiredTokenException: 'final',
  IncompleteSignature: 'final',
  InvalidClientTokenId: 'final',
  InvalidSignatureException: 'final',
  MissingAuthenticationToken: 'final',
  MissingAuthenticationTokenException: 'final',
  RequestExpired: 'final',
  RequestTimeTooSkewed: 'final',
  SignatureDoesNotMatch: 'final',
  UnrecognizedClientException: 'final',
  AccessDeniedException: 'denied',
  ResourceNotFoundException: 'not-found',
};

/** Codes of Node for a connection that was lost or never came to be. */
const lostConnection =
  /^(?:ECONNRESET|ECONNREFUSED|ECONNABORTED|EPIPE|ETIMEDOUT|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|UND_ERR_SOCKET)$/;

/**
 * An error of the SDK in words, with the request id and, where it is missing, the IAM action. It holds no credential. A
 * refused connection is final where there are words for it.
 */
export function toLiveError(
  operation: Operation | 'GetCallerIdentity',
  error: unknown,
  whenRefused?: string,
): LiveError {
  if (error instanceof LiveError) return error;
  const { name, message, requestId, retryAfter, ...facts } = read(error);
  // What a proxy answers has no id, and its name says nothing.
  const status = facts.status === undefined ? '' : ` (status ${facts.status})`;
  const at = requestId === undefined ? status : ` (request ${requestId})`;
  const wait = retryAfter === undefined ? {} : { retryAfter };
  if (name === 'CredentialsProviderError' || name === 'TokenProviderError') {
    return new LiveError(`no AWS credentials: ${redact(message)}`, { kind: 'final', cause: error });
  }
  if (message === 'Region is missing') {
    const help = 'name one with --region, in the settings, or in AWS_REGION';
    return new LiveError(`no AWS region: ${help}`, { kind: 'final', cause: error });
  }
  const text = `${operation} failed: ${name}: ${redact(message)}${at}`;
  if (facts.code === 'ECONNREFUSED' && whenRefused !== undefined)
    return new LiveError(`${text}; ${whenRefused}`, { kind: 'final', cause: error });
  const kind = kindOf({ name, message, ...facts });
  // The SDK's error holds the whole exchange. That something is absent is asked hundreds of times, and no failure.
  if (kind !== 'denied')
    return new LiveError(text, { kind, ...(kind === 'not-found' ? {} : { cause: error }), ...wait });
  const caller = /\barn:[a-z-]+:(?:iam|sts)::(\d{12}):/.exec(message)?.[1];
  const service = operation === 'GetCallerIdentity' ? 'sts' : 'vpc-lattice';
  const help = `; the credentials lack the IAM action ${service}:${operation}`;
  return new LiveError(`${text}${help}`, { kind, cause: error, ...(caller === undefined ? {} : { caller }) });
}

/** An answer that lacks what every answer has. Asking again may help, since a broken proxy answers anything. */
export function badAnswer(
  operation: Operation,
  fault: string,
  requestId: string,
  kind: FailureKind = 'transient',
): LiveError {
  return new LiveError(`${operation} gave no answer that can be used: ${fault} (request ${requestId})`, { kind });
}

function kindOf({ name, message, code, status, hasNewClock }: Facts): FailureKind {
  // Whatever stands in the answer, and whether it can be read.
  if (status === 429) return 'throttled';
  // This machine's clock is wrong. The client goes by that of the service from now on.
  if (hasNewClock) return 'transient';
  const known = kinds[name];
  if (known !== undefined) return known;
  if (code !== undefined && lostConnection.test(code)) return 'transient';
  if (/socket hang up/.test(message)) return 'transient';
  if (status === 403) return 'denied';
  if (status === 404) return 'not-found';
  // A status of success with an error is an answer that could not be read.
  return status !== undefined && (status >= 500 || status < 300) ? 'transient' : 'final';
}

interface Facts {
  readonly name: string;
  readonly message: string;
  readonly code?: string | undefined;
  readonly status?: number | undefined;
  readonly requestId?: string | undefined;
  /** Milliseconds. */
  readonly retryAfter?: number | undefined;
  readonly hasNewClock: boolean;
}

function read(error: unknown): Facts {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error), hasNewClock: false };
  const metadata = member(error, '$metadata');
  const response = member(error, '$response');
  const headers = member(response, 'headers');
  const code = member(error, 'code');
  const status = member(metadata, 'httpStatusCode') ?? member(response, 'statusCode');
  const requestId = member(metadata, 'requestId') ?? member(headers, 'x-amzn-requestid');
  return {
    name: error.name,
    message: error.message.replace(/\n[\s\S]*$/, ''),
    code: typeof code === 'string' ? code : undefined,
    status: typeof status === 'number' ? status : undefined,
    requestId: typeof requestId === 'string' ? requestId : undefined,
    retryAfter: readRetryAfter(headers),
    hasNewClock: member(metadata, 'clockSkewCorrected') === true,
  };
}

/** How long the service asks to wait, in milliseconds: from seconds, or from a date, which its own `Date` is taken from. */
function readRetryAfter(headers: unknown): number | undefined {
  const text = member(headers, 'retry-after');
  if (typeof text !== 'string' || text.trim() === '') return undefined;
  const wait = Number(text) * 1000;
  if (Number.isFinite(wait)) return Math.max(0, wait);
  const between = Date.parse(text) - Date.parse(String(member(headers, 'date')));
  return Number.isFinite(between) ? Math.max(0, between) : undefined;
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

/** Takes out what looks like a key, a token or a signature, which a proxy or a signer may repeat in its message. */
export function redact(text: string): string {
  return text
    .replace(/\b(?:AKIA|ASIA)[A-Z0-9]{12,}/g, '[key]')
    .replace(
      /\b(Signature|Credential|X-Amz-Security-Token|x-amz-security-token|Authorization)(["']?\s*[=:]\s*["']?)[^\s,"'&]+/gi,
      '$1$2[hidden]',
    )
    .replace(/\/\/[^/@\s]+@/g, '//[hidden]@');
}
