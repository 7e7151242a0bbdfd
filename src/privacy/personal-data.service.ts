import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { idBytes, type Language, PersonalDataHolders } from '#common';
import type { UserId } from '#identity';
import { PersonalDataAccount, PersonalDataCategory } from './personal-data-account.js';

/** What all modules together hold of a person. */
@Injectable()
export class PersonalDataService {
  constructor(
    private readonly source: DataSource,
    private readonly holders: PersonalDataHolders,
  ) {}

  /** The account of what is held, counted in one statement. */
  async account(userId: UserId, language: Language): Promise<PersonalDataAccount> {
    const { holdings } = this.holders;
    const counts = holdings.map(({ countSql, category }) => `(${countSql}) AS ${category}`).join(', ');
    const [held] = await this.source.query<[Record<string, number | string>]>(
      `SELECT ${counts}`,
      holdings.map(() => idBytes(userId)),
    );
    const categories = holdings.map(({ category, what, purpose, basis, kept, correctedBy }) =>
      Object.assign(new PersonalDataCategory(), {
        ...{ name: category, purpose, basis, correctedBy },
        what: what[language],
        kept: kept[language],
        count: Number(held[category] ?? 0),
      }),
    );
    return Object.assign(new PersonalDataAccount(), { userId, categories });
  }
}
