import { defineDiagnostics } from '../diagnostics/diagnostic.ts';
import { DIMENSIONS } from '../diagnostics/dimension.ts';

/** Findings about the input as a whole, before any format looks at its fields. */
export const inputDiagnostics = defineDiagnostics('input', {
  'wider-host-would-answer': {
    severity: 'error',
    summary: 'A host is not written, and a wildcard that is would answer for it.',
    message: (args: { host: string; withheld: string }) =>
      `${args.host} would also answer for ${args.withheld}, which is not written`,
    effect: (args) => `Requests for ${args.withheld} would meet rules that were never meant for them.`,
    help: (args) => `Solve the findings of ${args.withheld} first; this one then goes away.`,
    accept: 'as-said',
    security: true,
    changes: DIMENSIONS,
    isConsequence: true,
  },
  'own-output': {
    severity: 'info',
    summary: 'Objects that latticectl itself has written stand in the input; they are skipped.',
    message: (args: { count: number; file: string }) =>
      `${args.count === 1 ? 'an object' : `${args.count} objects`} of ${args.file} came from latticectl and ${args.count === 1 ? 'is' : 'are'} skipped`,
    help: () =>
      'Convert its sources. An object that is kept by hand loses the annotation gateway.networking.k8s.io/generator; what stands in VPC Lattice is written by `latticectl export`.',
    accept: 'never',
  },
  'conflicting-objects': {
    severity: 'error',
    summary: 'One object stands in the input twice, with different contents.',
    message: (args: { object: string; other: string }) =>
      `${args.object} is also written at ${args.other}, differently`,
    effect: () => 'Which of the two is meant is not known, so the hosts of both are not written.',
    help: () => 'Remove one of them, or convert the environments one at a time.',
    accept: 'never',
  },
  'unknown-version': {
    severity: 'error',
    summary: 'An object of a known kind has an apiVersion that is not known.',
    message: (args: { kind: string; version: string; known: readonly string[] }) =>
      `${args.kind} has no version ${args.version} that is known; known: ${args.known.join(', ')}`,
    effect: () => 'The object is not converted.',
    help: (args) => `Convert it to ${args.known[0] ?? 'a known version'} first.`,
    accept: 'never',
  },
  'kind-not-read': {
    severity: 'info',
    summary: 'Objects of a kind that latticectl does not read; they route no requests.',
    message: (args: { kind: string; count: number }) =>
      `${args.count === 1 ? 'an object' : `${args.count} objects`} of kind ${args.kind} ${args.count === 1 ? 'is' : 'are'} not read`,
    accept: 'never',
  },
  'routing-kind-not-read': {
    severity: 'warning',
    summary: 'Objects of a mesh or gateway that latticectl does not read; they may route or guard requests.',
    message: (args: { kind: string; count: number }) =>
      `${args.count === 1 ? 'an object' : `${args.count} objects`} of kind ${args.kind} ${args.count === 1 ? 'is' : 'are'} not converted`,
    effect: () => 'What it does to requests is lost once the output replaces it.',
    accept: 'as-said',
  },
  'nothing-recognised': {
    severity: 'error',
    summary: 'The input holds no object of a kind that can be converted.',
    message: (args: { files: number }) =>
      `${args.files < 2 ? 'the input holds' : `the ${args.files} files of the input hold`} no object that can be converted`,
    help: () => '`latticectl explain --matrix` lists the kinds that are read.',
    accept: 'never',
  },
  'nothing-to-emit': {
    severity: 'warning',
    summary: 'The input was understood and serves no host, so there is nothing to write.',
    message: () => 'the objects of the input serve no host, so nothing is written',
    help: () => 'Give the routes (VirtualService, Ingress, HTTPRoute) together with the Gateways that they name.',
    accept: 'never',
  },
});

/** How a code is found. */
export const FIND_CODES =
  'A code stands in the brackets of its finding, as in error[CODE]; `latticectl explain CODE` says what it means.';

/** Findings about losses that the user accepted. */
export const acceptDiagnostics = defineDiagnostics('accept', {
  'unknown-code': {
    severity: 'error',
    summary: 'A loss is accepted under a code that does not exist.',
    message: (args: { code: string; suggestion: string | undefined }) =>
      `${args.code} is no code${args.suggestion === undefined ? '' : `; did you mean ${args.suggestion}?`}`,
    help: () => FIND_CODES,
    accept: 'never',
  },
  'needs-object': {
    severity: 'error',
    summary: 'A security loss is accepted for every object at once.',
    message: (args: { code: string }) =>
      `${args.code} is a security loss and can only be accepted for one named object`,
    help: (args) => `Write ${args.code}@Kind/namespace/name.`,
    accept: 'never',
  },
  'not-acceptable': {
    severity: 'error',
    summary: 'A finding is accepted that has no form in which it could be emitted.',
    message: (args: { code: string }) => `${args.code} cannot be accepted, since nothing right could be emitted`,
    help: (args) => `\`latticectl explain ${args.code}\` says what can be done instead.`,
    accept: 'never',
  },
  'no-reason': {
    severity: 'error',
    summary: 'A loss is accepted in an annotation without a reason, or the line cannot be read.',
    message: (args: { line: string }) => `the line ${JSON.stringify(args.line)} is not of the form code=reason`,
    accept: 'never',
  },
  unused: {
    severity: 'info',
    summary: 'A loss is accepted that does not occur.',
    message: (args: { code: string; object: string | undefined }) =>
      `nothing in the input meets the accepted ${args.code}${args.object === undefined ? '' : ` at ${args.object}`}`,
    help: () => 'Remove it, so that it cannot hide a later loss.',
    accept: 'never',
  },
});

/** Bugs of ours that a check of ours caught. */
export const internalDiagnostics = defineDiagnostics('internal', {
  'pass-failed': {
    severity: 'error',
    summary: 'A pass of latticectl broke down: a bug of latticectl and no fault of the input.',
    message: (args: { pass: string; problem: string }) => `${args.pass} broke down: ${args.problem}`,
    effect: () => 'Nothing is written.',
    help: () => 'Please report it with the input, if you can share it; --debug shows the stack.',
    accept: 'never',
  },
  'output-differs': {
    severity: 'error',
    summary: 'The output, read back, routes a request otherwise, and no finding says so: a bug of latticectl.',
    message: (args: { host: string; dimension: string }) =>
      `the output for ${args.host} differs from its source (${args.dimension}), and no finding announces it`,
    effect: () => 'The host is not written.',
    help: () => 'Please report it with the input, if you can share it; --no-verify writes the output as it is.',
    accept: 'never',
  },
});
