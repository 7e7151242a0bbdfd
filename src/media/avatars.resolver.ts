import { UseInterceptors } from '@nestjs/common';
import { Args, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { type Load, Loader, RefusalsAsResults } from '#common';
import { Allow, CurrentViewer, User, type UserId, type Viewer } from '#identity';
import { AvatarsService } from './avatars.service.js';
import { Image } from './image.entity.js';
import { AvatarSetInput } from './image.inputs.js';
import { avatarOfUser } from './image.loaders.js';
import { AvatarSetResult } from './image.refusals.js';

/** `identity` does not know images, so media adds the field. */
@Resolver(() => User)
@UseInterceptors(RefusalsAsResults)
export class AvatarsResolver {
  constructor(private readonly avatars: AvatarsService) {}

  @Allow('BUYER')
  @Mutation(() => AvatarSetResult, {
    description: 'Let an image stand for oneself, until it is deleted. Repeating it changes nothing.',
  })
  avatarSet(
    @CurrentViewer() { id }: Viewer,
    @Args('input', { description: 'Which image.' }) { imageId }: AvatarSetInput,
  ): Promise<User> {
    return this.avatars.set(id, imageId);
  }

  @ResolveField(() => Image, {
    nullable: true,
    description: 'The image that stands for the person; null if there is none.',
  })
  avatar(@Parent() { id }: User, @Loader(avatarOfUser) load: Load<UserId, Image | null>): Promise<Image | null> {
    return load(id);
  }
}
