import { Field, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Column, Entity } from 'typeorm';
import { type Id, IdColumn, type Sealed, SealedColumn } from '#common';

export type UserId = Id<'user'>;

export const UserStatus = { ACTIVE: 'ACTIVE', DISABLED: 'DISABLED', ERASING: 'ERASING', ERASED: 'ERASED' } as const;
export type UserStatus = keyof typeof UserStatus;
registerEnumType(UserStatus, {
  name: 'UserStatus',
  description: 'Whether a person may use the shop.',
  valuesMap: {
    ACTIVE: { description: 'May log in and buy.' },
    DISABLED: { description: 'May not log in; what was bought stays owed.' },
    ERASING: { description: 'Has erased the account: names and sessions are gone, the rest is being erased.' },
    ERASED: { description: 'Nothing is left but an id that leads to nobody.' },
  },
});

/** The places that seals of a person are bound to. */
export const USER_SEALS = {
  openid: 'user.openid',
  unionid: 'user.unionid',
  sessionKey: 'user.session_key',
  nickname: 'user.nickname',
  phone: 'user.phone',
} as const;

@ObjectType({ description: 'A person, known by the mini-program.' })
@Entity()
export class User {
  @Field(() => ID, { description: 'The person’s id.' })
  @IdColumn('user')
  id: UserId;

  /** WeChat's name for the person in this mini-program; what it is found by stands beside it. Null once the account is being erased. */
  @SealedColumn({ nullable: true })
  openid: Sealed | null;

  @Column('binary', { length: 32, nullable: true })
  openidIndex: Buffer | null;

  /** WeChat's name for the person in all programs of the same owner. */
  @SealedColumn({ nullable: true })
  unionid: Sealed | null;

  @Column('binary', { length: 32, nullable: true })
  unionidIndex: Buffer | null;

  /** WeChat's key of the newest login: what the phone sends of its owner, such as a telephone number, is encrypted with it. */
  @SealedColumn({ nullable: true })
  sessionKey: Sealed | null;

  /** What the person wants to be called; WeChat does not tell a name at login. Others see it masked (`maskName`). */
  @SealedColumn({ nullable: true })
  nickname: Sealed | null;

  /** The person's own telephone number, as WeChat vouched for it; what it is found by stands beside it. Several people may have the same (ADR 15). */
  @SealedColumn({ nullable: true })
  phone: Sealed | null;

  @Column('binary', { length: 32, nullable: true })
  phoneIndex: Buffer | null;

  /** Of the code that brought the number, which WeChat takes only once: a repeated request is known by it. */
  @Column('binary', { length: 32, nullable: true })
  phoneCodeHash: Buffer | null;

  @Field(() => UserStatus, { description: 'Whether the person may use the shop.' })
  @Column('varchar')
  status: UserStatus;
}
