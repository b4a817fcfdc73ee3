import { type Command, Option } from 'commander';
import { examples, INPUTS, withCommon } from './common-options.ts';
import { DEBUG_LIVE, withLive } from './live/live-options.ts';
import { collect } from './parse-flag.ts';
import { withReading } from './target-options.ts';

/** What `diff` takes beside the input and what decides the conversion. */
export function withDiff(command: Command): Command {
  return withLive(
    withReading(withCommon(command, { name: '[desired...]', inputs: `what is wanted: ${INPUTS}`, debug: DEBUG_LIVE })),
  )
    .summary('say what would have to change in an account')
    .description(
      'Compares what the input wants in VPC Lattice with what stands in the account, and changes nothing. Only resources with the tag of the stack are ever planned against. With --against it compares with another configuration instead, without an account.',
    )
    .option('--exit-code', 'end with 2 when there are changes')
    .option('--plan-out <file>', 'write the plan as JSON, bound to what was seen')
    .option('--prune', 'plan to delete what the stack has and the input no longer wants')
    .option('--all', 'show what is hidden: usual values, tags and resources of others')
    .addOption(
      new Option('--against <old...>', 'compare with this configuration, which is in force (several paths, repeatable)')
        .argParser(collect(String))
        .default([], 'none'),
    )
    .addOption(new Option('-o, --output <format>', 'print the plan as one JSON document').choices(['json']))
    .addHelpText(
      'after',
      examples([
        'latticectl diff k8s/ --exit-code --plan-out plan.json',
        'latticectl diff k8s/ --prune --region us-west-2 --aws-profile network',
        'latticectl diff lattice.yaml --endpoint-url http://127.0.0.1:8421',
        'git worktree add ../main main && latticectl diff k8s/ --against ../main/k8s/',
      ]),
    );
}
