import { type Command, Option } from 'commander';
import { examples } from './common-options.ts';
import { collect, parseLimit, parseWhole } from './parse-flag.ts';

/** Declares what `sandbox` takes. */
export function withSandbox(command: Command): Command {
  return command
    .summary('serve a local VPC Lattice endpoint')
    .description(
      'Answers the API of Amazon VPC Lattice on 127.0.0.1, without an AWS account: every constraint, conflict and quota, with faults on request. The first line on stdout is its URL. Any credentials will do. It runs until it is interrupted.',
    )
    .addOption(new Option('--port <number>', '0 is any free port').argParser(parseWhole('--port', 65_535)).default(0))
    .option('--state <file>', 'start from this file, and write every change to it')
    .option('--faults <file>', 'what goes wrong, as JSON')
    .addOption(
      new Option('--delay <ms>', 'how long it takes to create, change, delete, drain or check something')
        .argParser(parseWhole('--delay', 3_600_000))
        .default(0),
    )
    .addOption(
      new Option('--limit <name=n>', 'a quota that the account has, as in rulesPerListener=20 (repeatable)')
        .argParser(collect(parseLimit))
        .default([], 'none'),
    )
    .addHelpText(
      'after',
      examples([
        'latticectl sandbox --port 8421 --state lattice.json',
        'latticectl sandbox --delay 200 --faults faults.json --limit rulesPerListener=100',
        'aws vpc-lattice list-services --endpoint-url http://127.0.0.1:8421',
        'curl -s http://127.0.0.1:8421/_sandbox/dump',
      ]),
    );
}
