import type { EntityManager } from 'typeorm';
import type { Id } from './id.js';

/** Who acts: one of the staff, or whoever runs a command on the server, by the system's name. Entries from before staff had accounts name a user. */
export type Actor = Id<'staff'> | `command:${string}`;

/** Who decides something, and why; kept for good. */
export interface Decision {
  readonly by: Actor;
  readonly reason: string;
}

type Fact = string | number | boolean | null | Date | readonly Fact[] | { readonly [name: string]: Fact };

/** What a thing said of itself before or after an act. Never anything personal or sensitive: such a field is left out, or only named. */
export type Facts = Readonly<Record<string, Fact>>;

/** Something that operators do, and to which kind of thing. */
export interface ActKind<Prefix extends string = string> {
  /** The module and what was done: `identity.userDisabled`. */
  readonly name: string;
  /** The prefix of the ids of what it is done to. */
  readonly subject: Prefix;
}

const KINDS = new Set<string>();

/** Adds a kind to the list of what can be recorded. */
export function defineAct<Prefix extends string>(name: string, subject: Prefix): ActKind<Prefix> {
  if (KINDS.has(name)) throw new Error(`two kinds of acts are called ${name}`);
  KINDS.add(name);
  return { name, subject };
}

/** Whether acts of this kind can be recorded by this version. */
export function isActKind(name: string): boolean {
  return KINDS.has(name);
}

/** One act of an operator on money, stock or people. */
export interface Act<Prefix extends string = string> extends Decision {
  readonly subject: Id<Prefix>;
  /** What the subject said before, as far as the act is about it; empty if it did not exist. */
  readonly before: Facts;
  readonly after: Facts;
}

/** Who did what, when and why; module `audit` keeps it. It is a port so that `identity`, which stands before `audit`, can record too. */
export abstract class AuditTrail {
  /** Writes acts down as part of the caller's transaction: they are on record just when they have happened. */
  abstract record<Prefix extends string>(
    db: EntityManager,
    kind: ActKind<Prefix>,
    acts: Act<Prefix> | readonly Act<Prefix>[],
  ): Promise<void>;
}
