import type { LimitUse } from '../../emitters/emitter.ts';
import { count } from './count.ts';

/** How many hosts are listed; the fullest come first. */
const SHOWN_HOSTS = 5;

/** One line per host with what it uses of each limit: `shop.example.com: rulesPerListener 8 of 10`. */
export function limitLines(limits: readonly LimitUse[]): readonly string[] {
  const byHost = new Map<string, LimitUse[]>();
  for (const use of limits) byHost.set(use.host, [...(byHost.get(use.host) ?? []), use]);
  const hosts = [...byHost].map(([host, uses]) => ({
    host,
    uses,
    fullest: Math.max(...uses.map(({ used, of }) => used / of)),
  }));
  hosts.sort((left, right) => right.fullest - left.fullest || (left.host < right.host ? -1 : 1));
  const lines = hosts.slice(0, SHOWN_HOSTS).map(({ host, uses }) => {
    return `${host}: ${uses.map(({ limit, used, of }) => `${limit} ${used} of ${of}`).join(', ')}`;
  });
  const rest = hosts.length - lines.length;
  return rest > 0 ? [...lines, `and ${count(rest, 'host')} with less`] : lines;
}
