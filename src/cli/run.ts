import { FileError, UsageError } from './errors.ts';
import type { World } from './world.ts';

/**
 * Runs one command line (without the program's own name) and gives its exit code. Everything is written
 * before it resolves; nothing is thrown.
 */
export async function run(argv: readonly string[], world: World): Promise<number> {
  try {
    if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) {
      const { toolVersion } = await import('../registry.ts');
      world.stdout.write(`${toolVersion}\n`);
      return 0;
    }
    const { runProgram } = await import('./program.ts');
    return await runProgram(argv, world);
  } catch (error) {
    return fail(error, argv, world);
  }
}

function fail(error: unknown, argv: readonly string[], world: World): number {
  if (error instanceof UsageError) {
    world.stderr.write(`error: ${error.message}\n`);
    return 64;
  }
  if (error instanceof FileError) {
    world.stderr.write(`error: ${error.message}\n`);
    return 1;
  }
  const problem = error instanceof Error ? error.message : String(error);
  world.stderr.write(`error[internal/crash]: ${problem}\n  This is a bug of latticectl; please report it.\n`);
  const stack = error instanceof Error ? error.stack : undefined;
  if (argv.includes('--debug') && stack !== undefined) world.stderr.write(`${stack}\n`);
  else world.stderr.write('  --debug shows where it happened.\n');
  return 1;
}
