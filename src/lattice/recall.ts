import type { Answer, Calls, LatticePort, Operation } from './port.ts';

/** Asks each question once: what was answered is remembered until it is forgotten. */
export class Recall {
  readonly #port: LatticePort;
  readonly #answers = new Map<string, Promise<Answer<unknown>>>();

  constructor(port: LatticePort) {
    this.#port = port;
  }

  ask<Op extends Operation>(operation: Op, input: Calls[Op]['input']): Promise<Answer<Calls[Op]['output']>> {
    const name = nameCall(operation, input);
    const known = this.#answers.get(name) as Promise<Answer<Calls[Op]['output']>> | undefined;
    if (known !== undefined) return known;
    const answer = this.#port.call(operation, input);
    this.#answers.set(name, answer);
    return answer;
  }

  /** Lets these calls be made again. */
  forget(calls: Iterable<string>): void {
    for (const name of calls) this.#answers.delete(name);
  }
}

/** The name of a call, which tells it from every other. */
export function nameCall<Op extends Operation>(operation: Op, input: Calls[Op]['input']): string {
  return `${operation} ${JSON.stringify(input)}`;
}
