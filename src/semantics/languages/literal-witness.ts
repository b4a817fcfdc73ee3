import { type Domain, isWithin, PREFERRED } from './alphabets.ts';
import { type LiteralLanguage, literalAccepts } from './literal-language.ts';

/**
 * A short text of the domain that the language holds, undefined when it holds none. A fresh character after a key
 * stands for all longer continuations of it.
 */
export function literalWitness(language: LiteralLanguage, domain: Domain): string | undefined {
  let best: string | undefined;
  for (const [key, mark] of language.marks) {
    for (const text of mark.below ? continuations(key, domain) : [key]) {
      if (best !== undefined && (text.length > best.length || (text.length === best.length && text >= best))) continue;
      if (!literalAccepts(language, text) || !isWithin(domain, text)) continue;
      best = text;
      // The first continuation that fits is the friendliest.
      break;
    }
  }
  return best;
}

function* continuations(key: string, domain: Domain): Iterable<string> {
  const stem = key === '' && domain === 'path' ? '/' : key;
  yield stem;
  for (const character of PREFERRED) yield `${stem}${character}`;
  // Reached only when the language forbids every single character after the key.
  for (const first of PREFERRED) for (const second of 'x0') yield `${stem}${first}${second}`;
}
