import { UseInterceptors } from '@nestjs/common';
import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { type ApiContext, type Load, Loader, Refused, RefusalsAsResults } from '#common';
import { Allow, ClientAddress, CurrentViewer, FailureLimit, type Viewer } from '#identity';
import { Image, imageById, type ImageId } from '#media';
import { ScenesService } from './scenes.service.js';
import { ShareCard } from './share-card.js';
import { ShareCodeInput, ShareLinkInput, ShareTargetInput } from './sharing.inputs.js';
import { UNKNOWN_SCENES } from './sharing.limits.js';
import {
  SceneNotFound,
  SceneResolveResult,
  ShareCodeCreateResult,
  ShareLinkCreateResult,
  ShareSceneCreateResult,
} from './sharing.refusals.js';
import { SharingService } from './sharing.service.js';
import { SharedTarget, ShareCode, ShareLink, ShareSceneView } from './sharing.views.js';

@Resolver()
@UseInterceptors(RefusalsAsResults)
export class SharingResolver {
  /** Who tries scenes out finds nothing, and soon is not answered any more. */
  readonly #guesses = new FailureLimit({
    ...UNKNOWN_SCENES,
    isFailure: (error) => error instanceof Refused && error.refusal instanceof SceneNotFound,
  });

  constructor(
    private readonly scenes: ScenesService,
    private readonly service: SharingService,
  ) {}

  @Allow('ANYONE')
  @Query(() => SceneResolveResult, {
    description: 'What is behind the scene that a page was opened with; no login is needed.',
  })
  sceneResolve(
    @ClientAddress() address: string,
    @Args('scene', { type: () => String, description: 'The `scene` of `onLoad`, as it is.' }) scene: string,
  ): Promise<SharedTarget> {
    return this.#guesses.attempt(address, () => this.scenes.resolve(scene));
  }

  @Allow('BUYER')
  @Mutation(() => ShareSceneCreateResult, {
    description:
      'Share a thing under a scene of one’s own, which its card carries. Doing it again gives the same scene.',
  })
  shareSceneCreate(
    @CurrentViewer() { id }: Viewer,
    @Args('input', { description: 'Which thing.' }) input: ShareTargetInput,
    @Context() { language }: ApiContext,
  ): Promise<ShareSceneView> {
    return this.service.scene(id, input, language);
  }

  @Allow('BUYER')
  @Mutation(() => ShareCodeCreateResult, {
    description: 'Have a code made for a poster. It is made once, and asking again gives the same picture.',
  })
  shareCodeCreate(
    @CurrentViewer() { id }: Viewer,
    @Args('input', { description: 'Of which thing, and how wide.' }) input: ShareCodeInput,
  ): Promise<ShareCode> {
    return this.service.code(id, input);
  }

  @Allow('BUYER')
  @Mutation(() => ShareLinkCreateResult, {
    description: 'Have a link made. Asking again gives the same one until it is about to end.',
  })
  shareLinkCreate(
    @CurrentViewer() { id }: Viewer,
    @Args('input', { description: 'To which thing, and where it is to work.' }) input: ShareLinkInput,
  ): Promise<ShareLink> {
    return this.service.link(id, input);
  }
}

@Resolver(() => ShareCard)
export class ShareCardResolver {
  @ResolveField(() => Image, {
    nullable: true,
    description:
      'Its picture, for `imageUrl`: ask for `url(width: 800, format: JPEG)`. WeChat shows it as 5:4. Null if it has none.',
  })
  image(@Parent() { imageId }: ShareCard, @Loader(imageById) load: Load<ImageId, Image | null>): Promise<Image | null> {
    return imageId === null ? Promise.resolve(null) : load(imageId);
  }
}
