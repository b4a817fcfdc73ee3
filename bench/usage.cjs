// Loaded into a measured process with `--require`: says what it has used, in a file at its end and before that when asked.
const { writeFileSync } = require('node:fs');

function usage() {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  return { megabytes: maxRSS / 1024, cpu: (userCPUTime + systemCPUTime) / 1000 };
}

if (process.send === undefined) {
  process.on('exit', () => writeFileSync(process.env.LATTICECTL_BENCH_USAGE, JSON.stringify(usage())));
} else {
  process.on('message', () => process.send(usage()));
}
