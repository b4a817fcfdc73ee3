import type { CharSet } from 'refa';
import { LanguageTooLarge } from './language-too-large.ts';
import type { Assertion, RegexNode } from './regex-node.ts';

/** One step of a Thompson automaton; numbers are indices into the program. Step 0 accepts. */
export type Step =
  | { readonly kind: 'accept' }
  | { readonly kind: 'read'; readonly set: CharSet; readonly next: number }
  | { readonly kind: 'split'; readonly next: readonly number[] }
  | { readonly kind: 'assert'; readonly at: Assertion; readonly next: number };

/** A pattern as a list of steps and the index where reading starts. */
export interface RegexProgram {
  readonly steps: readonly Step[];
  readonly start: number;
}

// RE2 allows a thousand repetitions of one item; a pattern of 1,024 characters can hold several of those.
const STEP_LIMIT = 20_000;

/** Lays a syntax tree out as a program. Throws LanguageTooLarge when its repetitions unfold to too many steps. */
export function compileProgram(root: RegexNode): RegexProgram {
  const steps: Step[] = [{ kind: 'accept' }];
  const add = (step: Step): number => {
    if (steps.length >= STEP_LIMIT) throw new LanguageTooLarge(`the pattern unfolds to over ${STEP_LIMIT} steps`);
    return steps.push(step) - 1;
  };

  // Built from the end, so that every step knows the one that follows it.
  const build = (node: RegexNode, next: number): number => {
    switch (node.kind) {
      case 'characters':
        return add({ kind: 'read', set: node.set, next });
      case 'assertion':
        return add({ kind: 'assert', at: node.at, next });
      case 'sequence':
        return node.items.reduceRight((after, item) => build(item, after), next);
      case 'choice':
        return add({ kind: 'split', next: node.options.map((option) => build(option, next)) });
      case 'repeat':
        return buildRepeat(node, next);
    }
  };

  const buildRepeat = ({ item, min, max }: RegexNode & { kind: 'repeat' }, next: number): number => {
    let after = next;
    if (max === Number.POSITIVE_INFINITY) {
      const targets: number[] = [next];
      after = add({ kind: 'split', next: targets });
      targets.push(build(item, after));
    } else {
      for (let count = min; count < max; count++) after = add({ kind: 'split', next: [next, build(item, after)] });
    }
    for (let count = 0; count < min; count++) after = build(item, after);
    return after;
  };

  const start = build(root, 0);
  return { steps, start };
}
