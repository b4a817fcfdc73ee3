import type { Command } from 'commander';
import { UsageError } from '../errors.ts';

/** What `--debug` is for where an account is asked. */
export const DEBUG_LIVE = 'show each call to VPC Lattice, and the stack of a bug';

/** Adds the flags of the commands that ask an account. */
export function withLive(command: Command): Command {
  return command
    .option('--endpoint-url <url>', 'ask this endpoint instead of AWS, as that of latticectl sandbox')
    .option('--region <region>', 'region of AWS (default: the settings, then as the AWS CLI has it)', parseRegion)
    .option('--aws-profile <profile>', 'profile of the AWS configuration (default: as the AWS CLI has it)');
}

function parseRegion(text: string): string {
  if (/^[a-z]{2,}(-[a-z0-9]+)+$/.test(text)) return text;
  throw new UsageError(`--region ${JSON.stringify(text)}: not a region, as in us-west-2`);
}
