// Loaded into a measured process with `--require`: leaves its peak resident memory, in kB, where the bench reads it.
const { writeFileSync } = require('node:fs');

process.on('exit', () => {
  writeFileSync(process.env.LATTICECTL_BENCH_PEAK, String(process.resourceUsage().maxRSS));
});
