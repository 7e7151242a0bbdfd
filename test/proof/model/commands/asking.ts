import { randomUUID } from 'node:crypto';
import { expect } from '@jest/globals';
import type { Client } from '../../../support/client.js';
import type { Run } from '../command.js';
import type { Model } from '../promises/model.js';
import type { Person } from '../promises/people.js';
import type { Answer } from '../world.js';

export const UNAUTHENTICATED = 'UNAUTHENTICATED';

/** Sends a mutation; the answer must be what was promised. */
export async function ask(
  { world, figures }: Run,
  phone: Client,
  mutation: string,
  promised: string,
  input: object = {},
): Promise<Answer> {
  const answer = await world.ask(phone, mutation, input);
  expect({ [mutation]: answer.type }).toEqual({ [mutation]: promised });
  figures.hear(mutation, answer.type);
  return answer;
}

/** What somebody is answered: whoever is not logged in hears nothing else. */
export function promisedTo({ isDisabled, session }: Person, promise: () => string): string {
  return isDisabled || session.isOver ? UNAUTHENTICATED : promise();
}

export function newKey(): string {
  return randomUUID();
}

/** Remembers what was accepted under a key; what is asked again must be given the same id. */
export function remember(
  model: Model,
  run: Run,
  accepted: {
    readonly phone: Client;
    /** Null for an operator, who is always logged in. */
    readonly person: Person | null;
    readonly mutation: string;
    readonly input: object;
    /** What would be another question under the same key. */
    readonly other: object;
    readonly answer: Answer;
  },
): void {
  const { phone, person, mutation, input, other, answer } = accepted;
  const promised = (type: string): string => (person ? promisedTo(person, () => type) : type);
  model.accepted.push({
    what: mutation,
    repeat: async () => {
      const again = await ask(run, phone, mutation, promised(answer.type), input);
      if (again.type === answer.type) expect(idIn(again)).toBe(idIn(answer));
      return again.type;
    },
    abuse: async () => (await ask(run, phone, mutation, promised('CONFLICT'), { ...input, ...other })).type,
  });
}

function idIn({ value }: Answer): unknown {
  return value['id'] ?? (value['offer'] as { id: unknown }).id;
}
