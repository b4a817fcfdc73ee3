import { Command, CommanderError, Option } from 'commander';
import { examples, withCommon } from './common-options.ts';
import { withDiff } from './diff-options.ts';
import { exitCodes } from './exit-code.ts';
import { withExport } from './export-options.ts';
import type {
  ConvertFlags,
  DiffFlags,
  ExplainFlags,
  ExportFlags,
  GraphFlags,
  SandboxFlags,
  TraceFlags,
  ValidateFlags,
  VerifyFlags,
} from './flags.ts';
import { withGraph } from './graph-options.ts';
import { withSandbox } from './sandbox-options.ts';
import { withTarget } from './target-options.ts';
import { withTrace } from './trace-options.ts';
import { withVerify } from './verify-options.ts';
import type { World } from './world.ts';

/** What a command does once its flags are read; gives the exit code. */
type Action<Flags> = (inputs: readonly string[], flags: Flags) => Promise<number>;

/** What the commands do; separate from their declaration so that the docs can be made without running anything. */
export interface Actions {
  readonly convert: Action<ConvertFlags>;
  readonly validate: Action<ValidateFlags>;
  readonly trace: Action<TraceFlags>;
  readonly verify: Action<VerifyFlags>;
  readonly diff: Action<DiffFlags>;
  readonly export: (flags: ExportFlags) => Promise<number>;
  readonly graph: Action<GraphFlags>;
  readonly explain: (code: string | undefined, flags: ExplainFlags) => Promise<number>;
  readonly sandbox: (flags: SandboxFlags) => Promise<number>;
}

/** Reads the command line and runs what it asks for. */
export async function runProgram(argv: readonly string[], world: World): Promise<number> {
  let exitCode = 0;
  const keep = async (result: Promise<number>) => {
    exitCode = await result;
  };
  const program = declareProgram(
    {
      // Each command is a chunk of its own, loaded when it is asked for.
      convert: async (inputs, flags) => (await import('./commands/convert.ts')).convert(inputs, flags, { argv, world }),
      validate: async (inputs, flags) =>
        (await import('./commands/validate.ts')).validate(inputs, flags, { argv, world }),
      trace: async (words, flags) => (await import('./commands/trace.ts')).trace(words, flags, { argv, world }),
      verify: async (inputs, flags) => (await import('./commands/verify.ts')).verify(inputs, flags, { argv, world }),
      diff: async (inputs, flags) => (await import('./commands/diff.ts')).diff(inputs, flags, { argv, world }),
      export: async (flags) => (await import('./commands/export.ts')).exportStack(flags, world),
      graph: async (inputs, flags) => (await import('./commands/graph.ts')).graph(inputs, flags, { argv, world }),
      explain: async (code, flags) => (await import('./commands/explain.ts')).explain(code, flags, world),
      sandbox: async (flags) => (await import('./commands/sandbox.ts')).sandbox(flags, world),
    },
    keep,
  );
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({
      writeOut: (text) => world.stdout.write(text),
      writeErr: (text) => world.stderr.write(text),
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    });
  }
  if (argv.length === 0) {
    program.outputHelp({ error: true });
    return 64;
  }
  try {
    await program.parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? 0 : 64;
  }
}

/** The commands and their flags; `docs/cli.md` is printed from the same object. */
export function declareProgram(actions: Actions, keep: (result: Promise<number>) => Promise<void>): Command {
  const program = new Command('latticectl')
    .configureHelp({ minWidthToWrap: 24 })
    .description(
      'Translates service-mesh and ingress configuration into Gateway API manifests or resources of Amazon VPC Lattice, without silent changes.',
    )
    .option('-V, --version', 'print the version')
    .addHelpText(
      'after',
      examples(['latticectl convert k8s/ > gateway-api.yaml', 'latticectl verify k8s/ --against gateway-api.yaml']) +
        exitCodeHelp(),
    );

  withTarget(withCommon(program.command('convert')))
    .summary('write the input as Gateway API manifests or resources of VPC Lattice')
    .description(
      'Reads Istio, Ingress and Gateway API objects and writes Gateway API manifests, or resources of VPC Lattice, that route every request as before, or says where they cannot.',
    )
    .addOption(
      new Option(
        '-o, --output <format>',
        'format of the product; json is one v1 List, or the one document of lattice and ir',
      )
        .choices(['yaml', 'json'])
        .default('yaml'),
    )
    .option('--out <path>', 'write to a file, or to a directory when it ends in / (default: stdout)')
    .addOption(
      new Option('--split <by>', 'files of a directory').choices(['none', 'namespace', 'resource']).default('none'),
    )
    .option('--partial', 'write the hosts without an error instead of nothing')
    .addHelpText(
      'after',
      examples([
        'latticectl convert k8s/ > gateway-api.yaml',
        'latticectl convert k8s/ --profile standard --out converted/ --split namespace',
        'latticectl convert k8s/ --to lattice > lattice.yaml',
        'kubectl get virtualservices,destinationrules,gateways.networking.istio.io,services -A -o yaml | latticectl convert -',
        "latticectl convert k8s/ --accept 'gateway-api/fault-lost=only used in tests'",
      ]),
    )
    .action((inputs: readonly string[], flags: ConvertFlags) => keep(actions.convert(inputs, flags)));

  withTarget(withCommon(program.command('validate')))
    .summary('report what convert would find, without a product')
    .description('Runs the whole conversion and prints its findings and summary only.')
    .addOption(new Option('-o, --output <format>', 'print the report on stdout').choices(['json']))
    .addHelpText(
      'after',
      examples([
        'latticectl validate k8s/',
        'latticectl validate k8s/ --fail-on warning --report json=findings.json',
        "latticectl validate 'teams/*/routes/**/*.yaml' --strict",
      ]),
    )
    .action((inputs: readonly string[], flags: ValidateFlags) => keep(actions.validate(inputs, flags)));

  withTrace(program.command('trace')).action((words: readonly string[], flags: TraceFlags) =>
    keep(actions.trace(words, flags)),
  );

  withVerify(program.command('verify')).action((inputs: readonly string[], flags: VerifyFlags) =>
    keep(actions.verify(inputs, flags)),
  );

  withDiff(program.command('diff')).action((inputs: readonly string[], flags: DiffFlags) =>
    keep(actions.diff(inputs, flags)),
  );

  withExport(program.command('export')).action((flags: ExportFlags) => keep(actions.export(flags)));

  withGraph(program.command('graph')).action((inputs: readonly string[], flags: GraphFlags) =>
    keep(actions.graph(inputs, flags)),
  );

  program
    .command('explain')
    .summary('explain a code, or print what is supported')
    .description('Says what a code of a finding means and how it is accepted, or prints the support matrix.')
    .argument('[code]', 'the code of a finding, as in error[code]')
    .option('--matrix', 'print every kind and field of the sources, and what the targets cannot say')
    .addOption(new Option('-o, --output <format>', 'format').choices(['text', 'markdown', 'json']).default('text'))
    .addHelpText('after', examples(['latticectl explain istio/prefix-by-segment', 'latticectl explain --matrix']))
    .action((code: string | undefined, flags: ExplainFlags) => keep(actions.explain(code, flags)));

  withSandbox(program.command('sandbox')).action((flags: SandboxFlags) => keep(actions.sandbox(flags)));

  return program;
}

function exitCodeHelp(): string {
  const rows = Object.entries(exitCodes).map(([code, meaning]) => `  ${code.padEnd(5)}${meaning}\n`);
  return `\nExit codes:\n${rows.join('')}`;
}
