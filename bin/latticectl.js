#!/usr/bin/env node
// Old syntax and CommonJS on purpose: a Node that is too old must still be able to read this file and be told so.
const [major, minor] = process.versions.node.split('.').map(Number);
const argument = process.argv[2];

if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`latticectl needs Node.js 20.19 or newer; this is ${process.versions.node}\n`);
  process.exitCode = 1;
} else if (process.argv.length === 3 && (argument === '--version' || argument === '-V')) {
  // Answered here so that asking for the version costs no more than starting Node.
  process.stdout.write(`${require('../package.json').version}\n`);
} else {
  require('../dist/cli/main.cjs');
}
