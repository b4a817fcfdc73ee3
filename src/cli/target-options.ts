import { type Command, Option } from 'commander';
import { UsageError } from './errors.ts';
import { parseGateway, parseName } from './parse-flag.ts';

/** Adds the flags that decide the product. */
export function withTarget(command: Command): Command {
  command
    .addOption(
      new Option(
        '--to <target>',
        'what to write: gateway-api, lattice (resources of VPC Lattice) or ir (the routing model)',
      )
        .argParser(parseTarget)
        .default('gateway-api'),
    )
    .addOption(
      new Option(
        '--profile <profile>',
        'lattice: as the AWS Gateway API Controller runs it; standard: any conformant implementation',
      )
        .choices(['lattice', 'standard'])
        .default('lattice'),
    )
    .addOption(
      new Option('--channel <channel>', 'release channel of Gateway API for the profile standard')
        .choices(['standard', 'experimental'])
        .default('standard'),
    )
    .option(
      '--gateway-class <class>',
      'class of the Gateways that are written (default: amazon-vpc-lattice; in the profile standard that of the source)',
      parseName('--gateway-class'),
    );
  return withReading(command)
    .option('--in-place', 'keep the names of Gateway API objects whose class changes')
    .option('--no-verify', 'skip the comparison of the output with the input');
}

/** Adds the flags that matter whatever is written. */
export function withReading(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--gateway <[ns/]name>',
        'the Gateway that the routes attach to; of VPC Lattice: the service network, where the settings name none (default: that of the source)',
      ).argParser(parseGateway),
    )
    .option(
      '--source-class <class>',
      'read Gateway API sources as this class does (default: their own)',
      parseName('--source-class'),
    )
    .addOption(
      new Option('--lattice-prefix <reading>', 'how VPC Lattice reads a path prefix')
        .choices(['unknown', 'string', 'segment'])
        .default('unknown'),
    );
}

function parseTarget(text: string): string {
  if (text !== 'gateway-api' && text !== 'lattice' && text !== 'ir')
    throw new UsageError(`--to ${text}: the targets are gateway-api, lattice and ir`);
  return text;
}
