import { reasonOf } from './errors.ts';
import { run } from './run.ts';
import type { World } from './world.ts';

const cleanUps = new Set<() => void>();

const world: World = {
  cwd: process.cwd(),
  env: process.env,
  stdin: {
    // Making the stream of stdin takes a tenth of the time of a small conversion, which mostly reads files.
    get isTTY() {
      return process.stdin.isTTY === true;
    },
    read: readStdin,
  },
  stdout: { isTTY: process.stdout.isTTY === true, write: (text) => void process.stdout.write(text) },
  stderr: { isTTY: process.stderr.isTTY === true, write: (text) => void process.stderr.write(text) },
  clock: {
    now: () => performance.now(),
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    random: Math.random,
  },
  later(milliseconds, action) {
    const timer = setTimeout(action, milliseconds);
    return () => clearTimeout(timer);
  },
  onInterrupt(cleanUp) {
    cleanUps.add(cleanUp);
    return () => cleanUps.delete(cleanUp);
  },
};

async function readStdin(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function interrupt(exitCode: number): void {
  for (const cleanUp of cleanUps) cleanUp();
  process.exit(exitCode);
}

process.once('SIGINT', () => interrupt(130));
process.once('SIGTERM', () => interrupt(143));

// A reader that has seen enough (`| head`) is no failure; any other trouble with the output is.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return;
    process.exitCode = 1;
    if (stream === process.stdout) process.stderr.write(`error: cannot write to stdout: ${reasonOf(error)}\n`);
  });
}

// Only the code is set: ending the process here would cut off what a pipe has not taken yet.
void run(process.argv.slice(2), world).then((exitCode) => {
  if (process.exitCode === undefined) process.exitCode = exitCode;
});
