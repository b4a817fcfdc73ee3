import {
  automatonAccepts,
  complementAutomaton,
  finiteWords,
  intersectAutomata,
  sameAutomata,
  uniteAutomata,
} from './automaton.ts';
import { automatonWitness } from './automaton-witness.ts';
import { re2Language } from './compile-re2.ts';
import { complementAsRe2 } from './complement-as-re2.ts';
import { decomposePath } from './decompose-path.ts';
import { decomposeValue } from './decompose-value.ts';
import { matchesRe2, substituteRe2 } from './evaluate.ts';
import type { RegexEngine } from './regex-engine.ts';

/** The engine on re2js (legality, evaluation) and refa (automata). Reach it through `loadRegexEngine`. */
export const re2Engine: RegexEngine = {
  matches: matchesRe2,
  substitute: substituteRe2,
  language: re2Language,
  decomposePath,
  decomposeValue,
  complementAsRe2,
  automata: {
    intersect: intersectAutomata,
    unite: uniteAutomata,
    complement: complementAutomaton,
    same: sameAutomata,
    accepts: automatonAccepts,
    witness: ({ dfa }, domain) => automatonWitness(dfa, domain),
    finiteWords,
  },
};
