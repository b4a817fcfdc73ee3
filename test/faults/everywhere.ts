import type { Printed } from './printed.ts';

/** Faults that any route can have, planted in every one at once; each says which routes it harmed. */
export interface WideFault {
  readonly name: string;
  readonly harm: (route: Printed) => boolean;
}

const NAME = 'planted';

export const wideFaults: readonly WideFault[] = [
  {
    name: 'another backend in every rule',
    harm: ({ spec }) => {
      const refs = (spec.rules ?? []).flatMap(({ backendRefs = [] }) => backendRefs);
      for (const ref of refs) ref.name = NAME;
      return refs.length > 0;
    },
  },
  {
    name: 'another port of every backend',
    harm: ({ spec }) => {
      const refs = (spec.rules ?? []).flatMap(({ backendRefs = [] }) => backendRefs);
      const numbered = refs.filter(({ port }) => port !== undefined);
      for (const ref of numbered) ref.port = 4321;
      return numbered.length > 0;
    },
  },
  {
    name: 'a first segment more in every path',
    harm: ({ spec }) => {
      const matches = (spec.rules ?? []).flatMap((rule) => rule.matches);
      for (const { path } of matches) path.value = `/${NAME}${path.value}`;
      return matches.length > 0;
    },
  },
  {
    name: 'other host names',
    harm: ({ spec }) => {
      if (spec.hostnames === undefined) return false;
      spec.hostnames = spec.hostnames.map((host) => host.replace(/^(\*\.)?/, `$1${NAME}-`));
      return true;
    },
  },
  {
    name: 'another parent',
    harm: ({ spec }) => {
      for (const parent of spec.parentRefs ?? []) parent.name = NAME;
      return true;
    },
  },
  {
    name: 'no rule that says anything',
    harm: ({ spec }) => {
      spec.rules = [{ matches: [{ path: { type: 'PathPrefix', value: '/' } }] }];
      return true;
    },
  },
];
