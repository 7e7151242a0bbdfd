import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Handlers } from './handlers.js';
import type { FactDefinition, JobDefinition } from './job.js';

interface EnqueueOptions {
  /** Not before this instant, in machine time; at once by default. */
  readonly runAt?: Date;
}

/** How a transaction causes more work: rows that commit or vanish with it. */
@Injectable()
export class Jobs {
  constructor(private readonly handlers: Handlers) {}

  async enqueue<Args extends object>(
    db: EntityManager,
    { name }: JobDefinition<Args>,
    args: Args | readonly Args[],
    { runAt }: EnqueueOptions = {},
  ): Promise<void> {
    const list: readonly Args[] = Array.isArray(args) ? (args as readonly Args[]) : [args as Args];
    await insertRows(
      db,
      list.map((each) => ({ name, args: each })),
      runAt,
    );
  }

  /** Tells every consumer that something has happened: one row each. */
  async publish<Args extends object>(
    db: EntityManager,
    fact: FactDefinition<Args>,
    args: Args | readonly Args[],
  ): Promise<void> {
    const list: readonly Args[] = Array.isArray(args) ? (args as readonly Args[]) : [args as Args];
    const rows = this.handlers.consumersOf(fact).flatMap((name) => list.map((each) => ({ name, args: each })));
    await insertRows(db, rows);
  }
}

async function insertRows(
  db: EntityManager,
  rows: readonly { readonly name: string; readonly args: object }[],
  runAt?: Date,
): Promise<void> {
  if (rows.length === 0) return;
  const values = rows.map(() => '(?, ?, COALESCE(?, NOW(3)))').join(', ');
  const parameters = rows.flatMap(({ name, args }) => [name, JSON.stringify(args), runAt ?? null]);
  await db.query(`INSERT INTO job (name, args, run_at) VALUES ${values}`, parameters);
}
