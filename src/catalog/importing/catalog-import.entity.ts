import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Column, Entity } from 'typeorm';
import { type Actor, type Id, IdColumn } from '#common';

export type CatalogImportId = Id<'catalog_import'>;

export const CatalogImportStatus = {
  STAGING: 'STAGING',
  CHECKING: 'CHECKING',
  REFUSED: 'REFUSED',
  READY: 'READY',
  APPLYING: 'APPLYING',
  DONE: 'DONE',
  DONE_WITH_FAILURES: 'DONE_WITH_FAILURES',
  CANCELLED: 'CANCELLED',
} as const;
export type CatalogImportStatus = keyof typeof CatalogImportStatus;
registerEnumType(CatalogImportStatus, {
  name: 'CatalogImportStatus',
  description: 'How far an import has come.',
  valuesMap: {
    STAGING: { description: 'The file is being read; nothing in the shop has changed.' },
    CHECKING: { description: 'The file was read and is judged as a whole.' },
    REFUSED: { description: 'There are mistakes, all of which are told; nothing was applied.' },
    READY: { description: 'There is no mistake. It waits for somebody to apply it.' },
    APPLYING: { description: 'It is being applied, some products at a time.' },
    DONE: { description: 'Every line was applied.' },
    DONE_WITH_FAILURES: {
      description:
        'Some lines could not be applied, because the shop had changed since the check; the mistakes say why.',
    },
    CANCELLED: { description: 'It was given up before it was applied, by somebody or because nobody went on with it.' },
  },
});

@ObjectType({ description: 'A file of products: read, judged as a whole, and applied if it has no mistake.' })
@Entity()
export class CatalogImport {
  @Field(() => ID, { description: 'The import’s id.' })
  @IdColumn('catalog_import')
  id: CatalogImportId;

  @Field(() => CatalogImportStatus, { description: 'How far it has come.' })
  @Column('varchar')
  status: CatalogImportStatus;

  @Field(() => Boolean, {
    description: 'Whether it makes the suppliers and categories that it names and the shop lacks.',
  })
  @Column({ type: 'boolean', update: false })
  makesMissing: boolean;

  @Field(() => Int, {
    description: 'Lines of the file that say something, without the header; 0 while it is being read.',
  })
  @Column('int')
  linesTotal: number;

  @Field(() => Int, { description: 'Mistakes that were found, those met when applying included.' })
  @Column('int')
  mistakesTotal: number;

  @Field(() => Int, { description: 'Lines that are applied.' })
  @Column('int')
  linesApplied: number;

  @Field(() => Int, { description: 'Lines that could not be applied.' })
  @Column('int')
  linesFailed: number;

  /** The first line of the last product that was applied: where whoever goes on begins. */
  @Column('int')
  appliedThrough: number;

  @Field(() => String, { description: 'Who gave the file: an operator’s id, or the name of a command.' })
  @Column({ type: 'varchar', update: false })
  startedBy: Actor;

  @Field(() => Date, { description: 'When.' })
  @Column({ type: 'datetime', precision: 3, update: false })
  startedAt: Date;

  @Field(() => String, { nullable: true, description: 'Who had it applied, or gave it up; null if nobody has.' })
  @Column('varchar', { nullable: true })
  decidedBy: Actor | null;

  @Field(() => String, { nullable: true, description: 'Why, in their words.' })
  @Column('varchar', { nullable: true })
  reason: string | null;

  @Field(() => Date, { nullable: true, description: 'When it came to its end.' })
  @Column('datetime', { precision: 3, nullable: true })
  endedAt: Date | null;
}
