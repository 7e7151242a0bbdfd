import { Injectable } from '@nestjs/common';
import { idSuffix, type Language, MachineClock, secondsAfter } from '#common';
import type { UserId } from '#identity';
import { ImageUrls, ObjectStorage, publicKey } from '#media';
import { CodesClient, LINK_DAYS_MAX, LinksClient } from '#wechat';
import type { ShareArtifact } from './artifact.entity.js';
import { codeWidth } from './artifact.rules.js';
import { type Made, MakingService } from './making.service.js';
import { queryOf } from './scene.rules.js';
import { type Shared, ScenesService } from './scenes.service.js';
import { cardOf, titleOf } from './share-card.js';
import type { ShareCodeInput, ShareLinkInput, ShareTargetInput } from './sharing.inputs.js';
import { LINK_TITLE_CHARACTERS_MAX } from './sharing.limits.js';
import { ShareCode, ShareLink, type ShareLinkKind, ShareSceneView } from './sharing.views.js';

const LINK_SECONDS = LINK_DAYS_MAX * 86_400;
const FILES = {
  JPEG: { extension: 'jpg', contentType: 'image/jpeg' },
  PNG: { extension: 'png', contentType: 'image/png' },
};

/** A code is the same for good. */
const CACHE_CONTROL = 'public, max-age=31536000, immutable';

/** What people take along of a thing: its scene, a code, a link. */
@Injectable()
export class SharingService {
  constructor(
    private readonly scenes: ScenesService,
    private readonly making: MakingService,
    private readonly codes: CodesClient,
    private readonly links: LinksClient,
    private readonly storage: ObjectStorage,
    private readonly urls: ImageUrls,
    private readonly machine: MachineClock,
  ) {}

  /** @throws as `ScenesService.share` does */
  async scene(makerId: UserId, input: ShareTargetInput, language: Language): Promise<ShareSceneView> {
    const { target, id, subject, scene } = await this.scenes.share(makerId, input);
    const card = cardOf(target, id, subject, { scene: scene.code, language });
    return Object.assign(new ShareSceneView(), { scene: scene.code, card });
  }

  /** @throws as `ScenesService.share` and `MakingService.get` do; ChannelError; StorageError */
  async code(makerId: UserId, input: ShareCodeInput): Promise<ShareCode> {
    const { target, scene } = await this.scenes.share(makerId, input);
    const width = codeWidth(input.width ?? null);
    const wish = { makerId, sceneId: scene.id, kind: 'CODE', page: target.page, width } as const;
    const { address } = await this.making.get(wish, (artifact) => this.#makeCode(artifact, scene.code));
    return Object.assign(new ShareCode(), { url: this.urls.urlOf(address), width, scene: scene.code });
  }

  /** @throws as `ScenesService.share` and `MakingService.get` do; ChannelError */
  async link(makerId: UserId, { kind, ...input }: ShareLinkInput): Promise<ShareLink> {
    const shared = await this.scenes.share(makerId, input);
    const { target, scene } = shared;
    const wish = { makerId, sceneId: scene.id, kind, page: target.page, width: 0 };
    const { address, expiresAt } = await this.making.get(wish, () => this.#makeLink(kind, shared));
    return Object.assign(new ShareLink(), { kind, url: address, expiresAt, scene: scene.code });
  }

  async #makeCode({ id, page, width }: ShareArtifact, scene: string): Promise<Made> {
    const { type, body } = await this.codes.make({ scene, page, width });
    const { extension, contentType } = FILES[type];
    const address = publicKey(`codes/${idSuffix(id)}.${extension}`);
    await this.storage.put({ key: address, body, contentType, cacheControl: CACHE_CONTROL });
    return { address, sizeBytes: body.length, expiresAt: null };
  }

  async #makeLink(kind: ShareLinkKind, { target: { page }, id, subject, scene }: Shared): Promise<Made> {
    // Counted from before the request, so that a slow answer cannot make the link look younger than it is.
    const expiresAt = secondsAfter(this.machine.now(), LINK_SECONDS);
    const place = { page, query: queryOf(id, scene.code) };
    const make: Readonly<Record<ShareLinkKind, () => Promise<string>>> = {
      URL_LINK: () => this.links.urlLink(place),
      SCHEME: () => this.links.scheme(place),
      SHORT_LINK: () => this.links.shortLink(place, titleOf(subject, 'zh', LINK_TITLE_CHARACTERS_MAX)),
    };
    return { address: await make[kind](), sizeBytes: null, expiresAt };
  }
}
