import { jest } from '@jest/globals';
import type { DataSource, QueryRunner } from 'typeorm';

export interface Forgotten {
  /** In which statements. */
  readonly statement: RegExp;
  /** What is left out of them. */
  readonly clause: string;
}

/**
 * Leaves a clause out of the shop's statements, as somebody might have forgotten to write it.
 *
 * @returns how often it was left out: a clause that is nowhere any more proves nothing
 */
export function forget(source: DataSource, { statement, clause }: Forgotten): { readonly times: () => number } {
  const create = source.createQueryRunner.bind(source);
  let times = 0;
  const without = (sql: string): string => {
    if (!statement.test(sql) || !sql.includes(clause)) return sql;
    times += 1;
    return sql.replace(clause, ''); // The driver does not mind a parameter too many at the end.
  };
  jest.spyOn(source, 'createQueryRunner').mockImplementation((mode): QueryRunner => {
    const runner = create(mode);
    const query = runner.query.bind(runner) as (...args: unknown[]) => Promise<never>;
    runner.query = (sql: string, ...rest: unknown[]) => query(without(sql), ...rest);
    return runner;
  });
  return { times: () => times };
}
