import { type Command, Option } from 'commander';
import { examples, withCommon } from './common-options.ts';
import { DEBUG_LIVE, withLive } from './live/live-options.ts';
import { collect } from './parse-flag.ts';
import { withTarget } from './target-options.ts';

/** Declares what `export` takes. */
export function withExport(command: Command): Command {
  return withLive(withTarget(withCommon(command, { name: '', debug: DEBUG_LIVE })))
    .summary('write what stands in an account as configuration')
    .description(
      'Reads a stack, or services of anybody, from VPC Lattice and writes it as resources of VPC Lattice, as Gateway API manifests or as the routing model. diff of the first finds nothing. Backends get the names that the settings have for their target groups. Changes nothing.',
    )
    .option('--stack <name>', 'the stack (default: that of the settings)')
    .addOption(
      new Option('--service <name>', 'only this service, of whomever it is (repeatable)')
        .argParser(collect(String))
        .default([], 'all of the stack'),
    )
    .addOption(new Option('-o, --output <format>', 'format of the product').choices(['yaml', 'json']).default('yaml'))
    .addHelpText(
      'after',
      examples([
        'latticectl export --stack shop --to lattice > lattice.yaml',
        'latticectl export --service shop-example-com --to gateway-api',
        'latticectl export --stack shop --to lattice --endpoint-url http://127.0.0.1:8421 -o json',
      ]),
    );
}
