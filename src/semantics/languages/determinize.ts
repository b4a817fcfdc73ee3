import { CharBase, CharSet, DFA } from 'refa';
import { MAX_CODE_POINT, oneCharacter, WORD } from './character-classes.ts';
import { LanguageTooLarge } from './language-too-large.ts';
import type { Assertion } from './regex-node.ts';
import type { RegexProgram } from './regex-program.ts';

/** Above this many states a language counts as not decided. */
export const STATE_LIMIT = 10_000;

// One unit is one program step looked at; a few million take well under a second.
const WORK_LIMIT = 4_000_000;

/** What stands at one side of a position: an end of the text, or a character of one sort. */
type Side = 'edge' | 'newline' | 'word' | 'other';

/** The characters that the program cannot tell apart, and how the assertions see them. */
interface Letter {
  readonly set: CharSet;
  readonly side: Side;
}

/** A state: program steps to continue from, and what was read last as far as an assertion may ask. */
interface State {
  readonly pending: readonly number[];
  readonly before: Side;
  readonly node: DFA.Node;
}

/**
 * The minimal automaton of all texts that a program matches in full. Assertions are decided exactly: a state knows
 * the sort of the character before it, and each step looks at the sort of the next.
 * Throws LanguageTooLarge past the limits.
 */
export function determinize(program: RegexProgram): DFA {
  return new Determinizer(program).run();
}

class Determinizer {
  readonly #program: RegexProgram;
  readonly #letters: readonly Letter[];
  /** For each step that reads, the letters that it takes. */
  readonly #reads: readonly (readonly number[])[];
  readonly #hasAssertions: boolean;
  readonly #states = new Map<string, State>();
  readonly #queue: State[] = [];
  readonly #seen: Uint32Array;
  #generation = 0;
  #work = 0;

  constructor(program: RegexProgram) {
    this.#program = program;
    const used = new Set(program.steps.flatMap((step) => (step.kind === 'assert' ? [step.at] : [])));
    this.#hasAssertions = used.size > 0;
    const sets = program.steps.flatMap((step) => (step.kind === 'read' ? [step.set] : []));
    if (used.has('word-boundary') || used.has('no-word-boundary')) sets.push(WORD);
    if (used.has('line-start') || used.has('line-end')) sets.push(oneCharacter(0x0a));
    const base = new CharBase(new Set(sets));
    this.#letters = base.sets.map((set) => ({ set, side: sideOf(set) }));
    const split = new Map<CharSet, readonly number[]>();
    for (const set of new Set(sets)) split.set(set, base.split(set));
    this.#reads = program.steps.map((step) => (step.kind === 'read' ? (split.get(step.set) ?? []) : []));
    this.#seen = new Uint32Array(program.steps.length);
  }

  run(): DFA {
    const builder = new DFA.Builder(DFA.nodeFactory);
    const first: State = { pending: [this.#program.start], before: 'edge', node: builder.initial };
    this.#states.set(this.#key(first.pending, first.before), first);
    this.#queue.push(first);
    for (let state = this.#queue.pop(); state !== undefined; state = this.#queue.pop()) {
      if (this.#reach(state, 'edge').includes(0)) builder.makeFinal(state.node);
      this.#link(builder, state);
    }
    const dfa = DFA.fromBuilder(builder, { maxCharacter: MAX_CODE_POINT });
    dfa.minimize();
    return dfa;
  }

  #link(builder: DFA.Builder, state: State): void {
    const targets = new Map<number, Set<number>>();
    for (const side of this.#hasAssertions ? SIDES : ANY_SIDE) {
      for (const index of this.#reach(state, side)) {
        const step = this.#program.steps[index];
        if (step?.kind !== 'read') continue;
        for (const letter of this.#reads[index] ?? []) {
          this.#spend(1);
          if (this.#hasAssertions && this.#letters[letter]?.side !== side) continue;
          const next = targets.get(letter);
          if (next === undefined) targets.set(letter, new Set([step.next]));
          else next.add(step.next);
        }
      }
    }
    const links = new Map<DFA.Node, CharSet[]>();
    for (const [letter, next] of targets) {
      const { set, side } = this.#letters[letter] ?? { set: CharSet.empty(MAX_CODE_POINT), side: 'other' };
      const { node } = this.#state(builder, next, this.#hasAssertions ? side : 'other');
      const sets = links.get(node);
      if (sets === undefined) links.set(node, [set]);
      else sets.push(set);
    }
    for (const [node, sets] of links) {
      builder.linkNodes(state.node, node, CharSet.empty(MAX_CODE_POINT).union(...sets));
    }
  }

  #state(builder: DFA.Builder, next: ReadonlySet<number>, before: Side): State {
    const pending = [...next].sort((left, right) => left - right);
    const key = this.#key(pending, before);
    const known = this.#states.get(key);
    if (known !== undefined) return known;
    if (this.#states.size >= STATE_LIMIT) throw new LanguageTooLarge(`the automaton has over ${STATE_LIMIT} states`);
    const state = { pending, before, node: builder.createNode() };
    this.#states.set(key, state);
    this.#queue.push(state);
    return state;
  }

  #key(pending: readonly number[], before: Side): string {
    return `${before} ${pending.join(' ')}`;
  }

  /** The steps that read or accept, reached without reading while `after` stands on the right. */
  #reach(state: State, after: Side): readonly number[] {
    this.#generation += 1;
    const reached: number[] = [];
    const stack = [...state.pending];
    for (let index = stack.pop(); index !== undefined; index = stack.pop()) {
      if (this.#seen[index] === this.#generation) continue;
      this.#seen[index] = this.#generation;
      this.#spend(1);
      const step = this.#program.steps[index];
      if (step === undefined) continue;
      if (step.kind === 'split') stack.push(...step.next);
      else if (step.kind !== 'assert') reached.push(index);
      else if (holds(step.at, state.before, after)) stack.push(step.next);
    }
    return reached;
  }

  #spend(units: number): void {
    this.#work += units;
    if (this.#work > WORK_LIMIT) throw new LanguageTooLarge('the automaton takes too long to build');
  }
}

// Without assertions it does not matter what stands on the right, and one look serves all characters.
const ANY_SIDE: readonly Side[] = ['other'];
const SIDES: readonly Side[] = ['newline', 'word', 'other'];

function sideOf(set: CharSet): Side {
  const sample = set.ranges[0]?.min ?? 0;
  return sample === 0x0a ? 'newline' : WORD.has(sample) ? 'word' : 'other';
}

function holds(at: Assertion, before: Side, after: Side): boolean {
  switch (at) {
    case 'text-start':
      return before === 'edge';
    case 'text-end':
      return after === 'edge';
    case 'line-start':
      return before === 'edge' || before === 'newline';
    case 'line-end':
      return after === 'edge' || after === 'newline';
    case 'word-boundary':
      return (before === 'word') !== (after === 'word');
    case 'no-word-boundary':
      return (before === 'word') === (after === 'word');
  }
}
