import { defineDiagnostics } from '../../diagnostics/diagnostic.ts';
import { listNames } from '../../diagnostics/list-names.ts';
import { SERVICES_OF_ALB } from './constraints.ts';

/** Findings about what the settings say of resources that do not go together. */
export const settingsOfLatticeDiagnostics = defineDiagnostics('lattice', {
  'target-group-twice': {
    severity: 'error',
    summary: 'One rule would forward to the same target group twice.',
    message: ({ group, backends }: { group: string; backends: readonly string[] }) =>
      `a rule splits its requests over ${listNames(backends)}, and ${group} stands for all of them`,
    effect: () => 'A rule names a target group once, so the API would refuse it.',
    help: () => 'Name a target group for each backend, or one backend in the source.',
    accept: 'never',
  },
  'balancer-shared': {
    severity: 'error',
    summary: `One load balancer is the target of more than ${SERVICES_OF_ALB} Lattice services.`,
    message: ({ arn, services }: { arn: string; services: readonly string[] }) =>
      `${arn} is a target of the services ${listNames(services)}; it may be one of ${SERVICES_OF_ALB}`,
    effect: () => 'The target groups of the other services would have no target.',
    help: () => 'Name another load balancer for some of the hosts, or targets of another kind.',
    accept: 'never',
  },
  'arn-elsewhere': {
    severity: 'error',
    summary: 'An ARN of the settings lies in another region or account than the resources that need it.',
    message: ({ arn, part, found, wanted }: { arn: string; part: string; found: string; wanted: string }) =>
      `${arn} is of the ${part} ${found}, and the settings say ${part} ${wanted}`,
    effect: () => 'VPC Lattice reaches it in its own region and account only.',
    help: ({ part }) => `Correct the ARN, or \`${part}\` in latticectl.yaml.`,
    accept: 'never',
  },
  'setting-without-effect': {
    severity: 'error',
    summary: 'The settings say something of a backend or a host that its form or its listeners do not have.',
    message: ({ of, setting, why }: { of: string; setting: string; why: string; instead: string }) =>
      `\`${setting}\` of ${of} cannot be followed: ${why}`,
    effect: () => 'What it asks for would go unheard.',
    help: ({ setting, instead }) => `Remove \`${setting}\`, or ${instead}.`,
    accept: 'never',
  },
  'network-named-twice': {
    severity: 'error',
    summary: 'The command line and the settings name two service networks.',
    message: ({ flag, setting }: { flag: string; setting: string }) =>
      `--gateway names the service network ${flag}, and the settings name ${setting}`,
    effect: () => 'The VPCs, policies and logs of the settings are those of one of them.',
    help: () => 'Leave --gateway away, or name the network of another stack in a settings file of its own (--config).',
    accept: 'never',
  },
  'vpc-listed-twice': {
    severity: 'error',
    summary: 'The settings list a VPC twice with different security groups.',
    message: ({ vpc }: { vpc: string }) =>
      `${vpc} is listed twice with different security groups; it has one association`,
    accept: 'never',
  },
  'custom-domain-taken': {
    severity: 'error',
    summary: 'Two hosts would have one custom domain, which is unique in a service network.',
    message: ({ domain, hosts }: { domain: string; hosts: readonly string[] }) =>
      `the custom domain ${domain} would be that of ${listNames(hosts)}`,
    effect: () => 'The network takes one service for a name, so neither is written.',
    help: () => 'Give each host a customDomain of its own in latticectl.yaml.',
    accept: 'never',
  },
  'settings-host-unknown': {
    severity: 'warning',
    summary: 'The settings name a host that the input does not serve, and that is nearly one of its hosts.',
    message: ({ host, meant }: { host: string; meant: string }) =>
      `the settings name ${host}, which the input does not serve; did you mean ${meant}?`,
    effect: () => 'What they say about it (a policy, a certificate, a name) is not used.',
    accept: 'as-said',
  },
});
