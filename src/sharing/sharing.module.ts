import { Module } from '@nestjs/common';
import { MediaModule } from '#media';
import { WechatModule } from '#wechat';
import { MakingService } from './making.service.js';
import { ScenesService } from './scenes.service.js';
import { ShareTargets } from './share-target.js';
import { SharingPersonalData } from './sharing.personal-data.js';
import { ShareCardResolver, SharingResolver } from './sharing.resolver.js';
import { SharingService } from './sharing.service.js';

/** What people share, under which scene, and the codes and links that WeChat makes of it. */
@Module({
  imports: [MediaModule, WechatModule],
  providers: [
    ...[ShareTargets, ScenesService, MakingService, SharingService],
    ...[SharingResolver, ShareCardResolver, SharingPersonalData],
  ],
  exports: [ShareTargets],
})
export class SharingModule {}
