import type { World } from '../world.ts';

/** How the parts of a finding are coloured; each function gives its text back on a plain stream. */
export interface Paint {
  readonly error: (text: string) => string;
  readonly warning: (text: string) => string;
  readonly info: (text: string) => string;
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
}

const same = (text: string): string => text;

/** No colours at all. */
export const plain: Paint = { error: same, warning: same, info: same, strong: same, faint: same };

/** The paint for a stream: the flag decides, then FORCE_COLOR, NO_COLOR and TERM=dumb, then whether it is a terminal. */
export async function choosePaint(color: 'auto' | 'always' | 'never', world: World): Promise<Paint> {
  if (!wantsColor(color, world)) return plain;
  // Loaded here only, since most runs are piped or in CI.
  const { Chalk } = await import('chalk');
  const chalk = new Chalk({ level: 1 });
  return { error: chalk.red.bold, warning: chalk.yellow.bold, info: chalk.cyan, strong: chalk.bold, faint: chalk.dim };
}

function wantsColor(color: 'auto' | 'always' | 'never', { env, stderr }: World): boolean {
  if (color !== 'auto') return color === 'always';
  const force = env['FORCE_COLOR'];
  if (force !== undefined && force !== '') return force !== '0' && force !== 'false';
  if ((env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb') return false;
  return stderr.isTTY;
}
