import { defineDiagnostics } from '../../diagnostics/diagnostic.ts';

/** Findings about an account, and about how what is wanted fits into it. */
export const liveDiagnostics = defineDiagnostics('live', {
  unreadable: {
    severity: 'error',
    summary: 'VPC Lattice cannot be asked, or its answers cannot be relied on. The run ends with 1.',
    message: (args: { problem: string }) => args.problem,
    effect: () => 'Nothing is compared, since a plan that rests on a part of the account would be wrong.',
    accept: 'never',
  },
  'stack-missing': {
    severity: 'error',
    summary: 'Nothing says which stack the resources belong to.',
    message: () => 'the settings name no stack',
    effect: () => 'Nothing is compared: what belongs to a stack is told by its tag.',
    help: () => 'Add a line to latticectl.yaml, as in "stack: shop".',
    accept: 'never',
  },
  'other-account': {
    severity: 'error',
    summary: 'The credentials are those of another account than the settings name. The run ends with 4.',
    message: (args: { wanted: string; found: string }) =>
      `the settings are for the account ${args.wanted}, the credentials are of ${args.found}`,
    effect: () => 'Nothing is compared.',
    help: () => 'Choose the profile with --aws-profile, or change "account" in the settings.',
    accept: 'never',
  },
  'name-taken': {
    severity: 'error',
    summary: 'A resource that is wanted exists and belongs to somebody else.',
    message: (args: { key: string; owner: string; left: number; help: string }) =>
      `${args.key} exists and is ${args.owner}`,
    effect: (args) =>
      `It is left alone. ${args.left === 1 ? '1 wanted resource' : `${args.left} wanted resources`} cannot be made while it stands there.`,
    help: (args) => args.help,
    accept: 'never',
  },
  claimed: {
    severity: 'error',
    summary:
      'A wanted resource needs what another one has: the VPC of a network, a domain of its services, a port of a service, a priority.',
    message: (args: { what: string; key: string; holder: string; owner: string; isOurs: boolean }) =>
      `${args.key} cannot be as it is wanted: ${args.holder} has ${args.what}`,
    effect: (args) =>
      `${args.holder} is ${args.owner}, and stays. VPC Lattice would refuse the other one, with what stands in it.`,
    help: (args) =>
      args.isOurs
        ? 'The stack no longer wants it: --prune deletes it first, unless something keeps it, and requests are unanswered in between.'
        : 'Take it away there first, or ask for another network, domain or port.',
    accept: 'never',
  },
  missing: {
    severity: 'error',
    summary: 'What the settings or the command line refer to does not exist in the account and region.',
    message: (args: { what: string }) => `${args.what} does not exist`,
    effect: () => 'Nothing can be read from it, and nothing that refers to it can be made.',
    help: () => 'Check its name, region and profile; "create: true" in the settings makes a service network.',
    accept: 'never',
  },
  'not-ours': {
    severity: 'error',
    summary: 'The settings say something of a service network that the stack does not own.',
    message: (args: { key: string; owner: string; what: readonly string[] }) =>
      `the settings have ${args.what.join(', ')}, and ${args.key} is ${args.owner}`,
    effect: () => 'The network stays as it is.',
    help: () =>
      'Leave that to the owner of the network and take it out of the settings. Services can be associated all the same.',
    accept: 'never',
  },
  protected: {
    severity: 'error',
    summary: 'A resource that the settings protect would have to be replaced.',
    message: (args: { key: string; reason: string }) =>
      `the settings protect ${args.key}, which would have to be replaced: ${args.reason}`,
    effect: () => 'It is left alone, with everything that belongs to it.',
    help: () => 'Undo the change, or take the resource out of "protect" in the settings.',
    accept: 'never',
  },
  'nothing-found': {
    severity: 'warning',
    summary: 'Nothing in the account and region is of the stack, so the export is empty.',
    message: (args: { stack: string }) => `nothing in the account is of the stack ${args.stack}`,
    help: () => 'Check the name of the stack, region and profile.',
    accept: 'never',
  },
  'owner-elsewhere': {
    severity: 'error',
    summary: 'A service that is to be exported is of another account, which alone can read it.',
    message: (args: { service: string; account: string }) =>
      `the service ${args.service} is shared by the account ${args.account}`,
    effect: () => 'What it routes cannot be read here.',
    help: () => 'Export it with credentials of that account.',
    accept: 'never',
  },
  'group-unmapped': {
    severity: 'warning',
    summary: 'No backend of the settings, or more than one, may be a target group that rules of the export lead to.',
    message: (args: { groups: readonly { readonly name: string; readonly arn: string }[] }) =>
      `not one backend of the settings alone is the target group ${args.groups.map(({ name }) => name).join(', ')}`,
    effect: () => 'Each is written as a Service of the namespace lattice, whose port is not known.',
    help: ({ groups }) =>
      [
        'Write into latticectl.yaml (with the right names and ports):',
        '  backends:',
        ...groups.map(({ name, arn }) => `    NAMESPACE/SERVICE:80: { targetGroupArn: "${arn}" } # ${name}`),
      ].join('\n'),
    accept: 'never',
  },
  intruder: {
    severity: 'warning',
    summary: 'A listener or rule that is not of the stack stands in a service of the stack.',
    message: (args: { key: string; owner: string; priority: number | undefined; help: string }) =>
      `${args.key}${args.priority === undefined ? '' : ` with priority ${args.priority}`} stands in this stack and is ${args.owner}`,
    effect: () => 'It takes requests that the input says nothing about. It is left alone.',
    help: (args) => args.help,
    accept: 'never',
  },
});
