import { type Command, Option } from 'commander';
import { profileNames } from '../semantics/profile-names.ts';
import { examples, INPUTS, withCommon } from './common-options.ts';
import { collect, parseCount, parseMapping, parseName } from './parse-flag.ts';

/** Steps of the comparison of one host; a usual host takes a few hundred. */
const BUDGET = 2_000_000;

/** The command `verify`. */
export function withVerify(command: Command): Command {
  return withCommon(command, {
    name: '[old...]',
    inputs: `the configuration that is in force: ${INPUTS}`,
    reports: ['json', 'junit'],
  })
    .summary('say whether two configurations route every request alike')
    .description(
      'Compares two configurations as behaviour, host by host, over all requests: equal, different with the smallest request that shows it, or unknown with the reason. A difference in routing or access ends with 3, and so does unknown; timeouts, retries, mirrors and the like are listed and end with 0.',
    )
    .addOption(
      new Option('--against <new...>', 'the configuration to compare with (several paths, repeatable)')
        .argParser(collect(String))
        .default([], 'none'),
    )
    .addOption(
      new Option('--map <old[:port]=new[:port]>', 'a host that has another name or port there (repeatable)')
        .argParser(collect(parseMapping))
        .default([], 'none'),
    )
    .addOption(
      new Option('--semantics <name>', 'how the old side is read (default: by kind and class)').choices(profileNames),
    )
    .addOption(
      new Option('--against-semantics <name>', 'how the new side is read (default: by kind and class)').choices(
        profileNames,
      ),
    )
    .option(
      '--source-class <class>',
      'read Gateway API sources of both sides as this class does (default: their own)',
      parseName('--source-class'),
    )
    .addOption(
      new Option('--budget <n>', 'steps of the comparison of one host before it is unknown')
        .argParser(parseCount('--budget', 1))
        .default(BUDGET),
    )
    .addOption(
      new Option('--seed <n>', 'where the sampling of unknown hosts starts')
        .argParser(parseCount('--seed', 0))
        .default(1),
    )
    .option(
      '--write-cases <file>',
      'write the counterexamples and a request per rule of the old side, for trace --cases',
    )
    .option('--allow-unknown', 'what stays unknown ends with 0')
    .addOption(new Option('-o, --output <format>', 'print the verdict as one JSON document').choices(['json']))
    .option('--explain-model', 'print what a request is here and how configuration is read, and nothing else')
    .addHelpText(
      'after',
      examples([
        'latticectl verify istio/ --against gateway-api/',
        'latticectl verify k8s/ --against converted/ --map shop.example.com=shop.internal.example.com:8443',
        'git worktree add ../main main && latticectl verify ../main/routes --against routes/',
        'latticectl verify istio/ --against gateway-api/ --write-cases routes.yaml --report junit=routes.xml',
      ]),
    );
}
