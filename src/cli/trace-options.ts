import { type Command, Option } from 'commander';
import { profileNames } from '../semantics/profile-names.ts';
import { examples, INPUTS, withCommon } from './common-options.ts';
import { collect, parseHeader, parseName, parsePort } from './parse-flag.ts';

/** Declares what `trace` takes. */
export function withTrace(command: Command): Command {
  return withCommon(command, {
    inputs: `${INPUTS}; and the request as one word, 'METHOD URL'`,
    reports: ['json', 'junit'],
  })
    .summary('show what a request meets, and why')
    .description(
      'Follows one request through the input: the rule that takes it, the backends with their shares, the request as the backend sees it, and why each earlier rule does not take it. With --cases it checks a file of requests.',
    )
    .addOption(
      new Option('-H, --header <name: value>', 'a header of the request (repeatable)')
        .argParser(collect(parseHeader))
        .default([], 'none'),
    )
    .option('--from-ns <namespace>', 'the request comes from a pod of the mesh in this namespace')
    .addOption(
      new Option('--port <number>', 'the port that is dialled (default: as the URL says)').argParser(parsePort),
    )
    .addOption(
      new Option('--semantics <name>', 'how the input is read (default: by kind and class)').choices(profileNames),
    )
    .option(
      '--source-class <class>',
      'read Gateway API sources as this class does (default: their own)',
      parseName('--source-class'),
    )
    .option('--cases <file>', 'requests with what they must meet; a mismatch ends with 3')
    .addOption(
      new Option('--against <path>', 'a second configuration that answers the same request (repeatable)')
        .argParser(collect(String))
        .default([], 'none'),
    )
    .addOption(new Option('-o, --output <format>', 'print the answer as one JSON document').choices(['json']))
    .option('--explain-model', 'print what a request is here and how configuration is read, and nothing else')
    .addHelpText(
      'after',
      examples([
        "latticectl trace k8s/ 'GET https://shop.example.com/cart' -H 'x-canary: true'",
        "latticectl trace k8s/ 'http://reviews/api' --from-ns shop",
        "latticectl trace k8s/ 'POST http://shop.example.com/order' --against converted/",
        'latticectl trace k8s/ --cases routes.yaml --report junit=routes.xml',
      ]),
    );
}
