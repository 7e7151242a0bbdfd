import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { Column, Entity } from 'typeorm';
import { type Id, IdColumn } from '#common';

export type CategoryId = Id<'category'>;

@ObjectType({ description: 'A shelf of the shop, on which products and further shelves stand.' })
@Entity()
export class Category {
  @Field(() => ID, { description: 'The category’s id.' })
  @IdColumn('category')
  id: CategoryId;

  @Field(() => ID, { nullable: true, description: 'The category that it is a part of; null at the top.' })
  @IdColumn('category', { primary: false, nullable: true })
  parentId: CategoryId | null;

  @Field(() => String, { description: 'What it is called in Chinese.' })
  @Column('varchar')
  nameZh: string;

  @Field(() => String, { description: 'What it is called in English.' })
  @Column('varchar')
  nameEn: string;

  @Field(() => Int, { description: 'Its place among its neighbours; the lowest comes first.' })
  @Column('int')
  position: number;

  @Field(() => Boolean, {
    description: 'Whether buyers are shown it; if not, they are shown nothing below it either.',
  })
  @Column('boolean')
  isShown: boolean;
}
