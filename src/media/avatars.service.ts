import { Injectable } from '@nestjs/common';
import { refuse, Transactor } from '#common';
import { User, type UserId } from '#identity';
import { Avatar } from './avatar.entity.js';
import type { ImageId } from './image.entity.js';
import { lockOwnImage } from './image.queries.js';
import { ImageNotUsable } from './image.refusals.js';

/** Which image stands for whom. */
@Injectable()
export class AvatarsService {
  constructor(private readonly transactor: Transactor) {}

  /**
   * Lets an image stand for its owner, until it is deleted. Asking again changes nothing.
   *
   * @throws Refused with ImageNotUsable; RequestError NOT_FOUND
   */
  set(userId: UserId, imageId: ImageId): Promise<User> {
    return this.transactor.run(async (db) => {
      // Locked, so that it cannot be deleted under us.
      const { status, purpose } = await lockOwnImage(db, userId, imageId);
      if (status !== 'READY' || purpose !== 'AVATAR') refuse(new ImageNotUsable());
      await db.upsert(Avatar, { userId, imageId }, ['userId']);
      return db.findOneByOrFail(User, { id: userId });
    });
  }
}
