import { Field, Int, ObjectType } from '@nestjs/graphql';

@ObjectType({ description: 'Something that is wrong with a line of a file.' })
export class CatalogImportMistake {
  @Field(() => Int, {
    description: 'On which line of the file, the header being the first; line breaks within cells count.',
  })
  readonly line: number;

  @Field(() => String, {
    nullable: true,
    description: 'In which column, by its English name; null if it is about the line.',
  })
  readonly column: string | null;

  @Field(() => String, { description: 'Which mistake, as a word in capitals.' })
  readonly kind: string;

  readonly detail: string;
}
