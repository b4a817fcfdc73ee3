import { type Command, Option } from 'commander';
import { profileNames } from '../semantics/profile-names.ts';
import { examples, withCommon } from './common-options.ts';
import { parseName } from './parse-flag.ts';

/** The command `graph`. */
export function withGraph(command: Command): Command {
  return withCommon(command)
    .summary('draw hosts, rules and weighted backends')
    .description(
      'Draws which rule of which host leads to which backend, redirect or fixed answer, in the order of the input. Equal input gives equal bytes, so a drawing can be kept beside the configuration.',
    )
    .addOption(
      new Option('--semantics <name>', 'how the input is read (default: by kind and class)').choices(profileNames),
    )
    .option(
      '--source-class <class>',
      'read Gateway API sources as this class does (default: their own)',
      parseName('--source-class'),
    )
    .addOption(
      new Option('-o, --output <format>', 'language of the drawing').choices(['mermaid', 'dot']).default('mermaid'),
    )
    .addHelpText(
      'after',
      examples(['latticectl graph k8s/ > routes.mmd', 'latticectl graph k8s/ -o dot | dot -Tsvg > routes.svg']),
    );
}
