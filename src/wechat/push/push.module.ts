import { Module } from '@nestjs/common';
import { PushController } from './push.controller.js';
import { PushReader } from './push.reader.js';
import { PushesService } from './pushes.service.js';

/** What WeChat pushes to the mini-program's server: the only part of our side that writes to the database. */
@Module({
  controllers: [PushController],
  providers: [PushReader, PushesService],
  exports: [PushesService],
})
export class WechatPushModule {}
