import { defineDiagnostics } from '../../diagnostics/diagnostic.ts';

/** Findings about who may call the resources of VPC Lattice. */
export const accessDiagnostics = defineDiagnostics('lattice', {
  'denies-everyone': {
    severity: 'error',
    summary: 'AWS_IAM without an auth policy refuses every request.',
    message: ({ of }: { of: string }) => `${of} has authType AWS_IAM and no auth policy`,
    effect: () => 'VPC Lattice refuses every request.',
    help: () => 'Set authPolicy beside it, or accept this finding where a policy is put there by somebody else.',
    accept: 'as-said',
  },
  'policy-not-active': {
    severity: 'error',
    summary: 'An auth policy is only in force under AWS_IAM.',
    message: ({ of }: { of: string }) => `${of} has an auth policy and authType NONE`,
    effect: () => 'Requests that the policy refuses would pass.',
    help: () => 'Set authType: AWS_IAM, or remove the policy.',
    accept: 'as-said',
    security: true,
  },
  'policy-not-json': {
    severity: 'error',
    summary: 'An auth policy is no JSON object.',
    message: ({ of }: { of: string }) => `the auth policy of ${of} is no JSON object`,
    accept: 'never',
  },
  'policy-not-valid': {
    severity: 'error',
    summary: 'An auth policy has no statements as IAM has them.',
    message: ({ of, why }: { of: string; why: string }) => `the auth policy of ${of} is no policy of IAM: ${why}`,
    effect: () => 'VPC Lattice would refuse the policy.',
    help: () =>
      'A statement has Effect, Principal, Action and Resource: {Effect: Allow, Principal: "*", Action: "vpc-lattice-svcs:Invoke", Resource: "*"}.',
    accept: 'never',
  },
  'policies-compete': {
    severity: 'error',
    summary: 'Several policies of IAM are meant for one service or network, which has one.',
    message: ({ target, others }: { target: string; others: readonly string[] }) =>
      `${others.length + 1} policies guard ${target}, which can have one: this and ${others.join(', ')}`,
    effect: () => 'Which of them is in force today depends on the order in which the AWS controller met them.',
    help: () => 'Leave one of them, or set authPolicy in latticectl.yaml to what is meant.',
    accept: 'never',
  },
  'policy-left-out': {
    severity: 'error',
    summary: 'An IAMAuthPolicy of the input targets nothing that is written as a resource of VPC Lattice.',
    message: ({ target }: { target: string }) => `the policy guards ${target}, which is no resource of the output`,
    effect: () => 'Requests that the policy refuses today would reach the backends.',
    help: () => 'Set authPolicy of the host or of the service network in latticectl.yaml.',
    accept: 'as-said',
    security: true,
  },
});
