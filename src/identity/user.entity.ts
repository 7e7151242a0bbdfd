import { Field, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Column, Entity } from 'typeorm';
import { type Id, IdColumn } from '#common';

export type UserId = Id<'user'>;

export const UserStatus = { ACTIVE: 'ACTIVE', DISABLED: 'DISABLED' } as const;
export type UserStatus = keyof typeof UserStatus;
registerEnumType(UserStatus, {
  name: 'UserStatus',
  description: 'Whether a person may use the shop.',
  valuesMap: {
    ACTIVE: { description: 'May log in and buy.' },
    DISABLED: { description: 'May not log in; what was bought stays owed.' },
  },
});

@ObjectType({ description: 'A person, known by the mini-program.' })
@Entity()
export class User {
  @Field(() => ID, { description: 'The person’s id.' })
  @IdColumn('user')
  id: UserId;

  /** WeChat's name for the person in this mini-program. */
  @Column({ type: 'varchar', update: false })
  openid: string;

  /** WeChat's name for the person in all programs of the same owner. */
  @Column('varchar', { nullable: true })
  unionid: string | null;

  @Field(() => UserStatus, { description: 'Whether the person may use the shop.' })
  @Column('varchar')
  status: UserStatus;
}
