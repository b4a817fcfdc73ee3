import { type Answer, differencesAt, tryAll } from './brute-force.ts';
import { type Hosts, type HostsPair, NAMES, servingHost, UNSERVED } from './hosts.ts';
import type { List } from './lists.ts';
import type { HostsComparison } from './models-engine.ts';
import { DIMENSIONS } from './outcome.ts';

const listAt = (hosts: Hosts, index: number): List => hosts[index]?.list ?? UNSERVED;

/** What every two hosts that share a name answer, by their indexes. */
const answersOf = ({ left, right }: HostsPair): ReadonlyMap<string, Answer> => {
  const answers = new Map<string, Answer>();
  for (const name of NAMES) {
    const [one, other] = [servingHost(left, name), servingHost(right, name)];
    const key = `${one} ${other}`;
    if ((one < 0 && other < 0) || answers.has(key)) continue;
    answers.set(key, tryAll({ left: listAt(left, one), right: listAt(right, other) }));
  }
  return answers;
};

const unreachedBy = (hosts: Hosts, answers: ReadonlyMap<string, Answer>, side: 'left' | 'right'): string => {
  const reached = new Set<string>();
  const asked = new Set<number>();
  for (const [key, answer] of answers) {
    const host = Number(key.split(' ')[side === 'left' ? 0 : 1]);
    asked.add(host);
    for (const rule of answer.reached[side]) reached.add(`${host} ${rule}`);
  }
  const all = hosts.flatMap(({ list }, host) =>
    asked.has(host) ? list.rules.map((_, rule) => `${host} ${rule}`) : [],
  );
  return all.filter((rule) => !reached.has(rule)).join(', ');
};

/** What a comparison of two sets of hosts says that trying all names and requests does not bear out. */
export const complaintsAboutHosts = (
  pair: HostsPair,
  { hosts, unreached, verdicts, quickVerdicts }: HostsComparison,
): readonly string[] => {
  const complaints: string[] = [];
  if (`${quickVerdicts}` !== `${verdicts}`)
    complaints.push(`the quick comparison says ${quickVerdicts}, not ${verdicts}`);
  const answers = answersOf(pair);
  for (const [key, { differs }] of answers) {
    const found = hosts.filter(({ left, right }) => `${left} ${right}` === key);
    if (found.length === 0) complaints.push(`the hosts ${key} share a name and are not compared`);
    for (const { dimensions } of found) {
      const wrong = DIMENSIONS.filter((one) => differs.has(one) && dimensions[one] !== 'differs');
      if (wrong.length > 0) complaints.push(`the hosts ${key} differ in ${wrong}`);
    }
  }
  for (const { left, right, dimensions, witnesses } of hosts) {
    const key = `${left} ${right}`;
    if (!answers.has(key)) complaints.push(`the hosts ${key} are compared and share no name`);
    for (const dimension of DIMENSIONS) {
      if (dimensions[dimension] !== 'differs') continue;
      if (!witnesses.some((witness) => witness.dimension === dimension))
        complaints.push(`${dimension} without a witness`);
    }
    for (const { dimension, request } of witnesses) {
      const [one, other] = [servingHost(pair.left, request.host), servingHost(pair.right, request.host)];
      const lists = { left: listAt(pair.left, one), right: listAt(pair.right, other) };
      if (`${one} ${other}` !== key) complaints.push(`${request.host} is served by ${one} ${other}, not ${key}`);
      else if (!differencesAt(lists, request).includes(dimension)) {
        complaints.push(`${dimension}: ${JSON.stringify(request)} is treated alike`);
      }
    }
  }
  const isOpen = hosts.some(({ dimensions }) => Object.values(dimensions).includes('unknown'));
  for (const side of ['left', 'right'] as const) {
    const [said, seen] = [[...unreached[side]].sort().join(', '), unreachedBy(pair[side], answers, side)];
    if (!isOpen && said !== seen)
      complaints.push(`${side} leaves out ${said || 'nothing'}, and not ${seen || 'nothing'}`);
  }
  return complaints;
};
