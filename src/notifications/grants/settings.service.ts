import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { BusinessTime, idBytes, Transactor } from '#common';
import { lockAccount, type UserId } from '#identity';
import { MessageKind } from '../kinds/message-kind.js';
import { Templates } from '../kinds/templates.js';
import type { MessageSettingsUpdateInput } from './grant.inputs.js';
import { MessageGrant } from './message-grant.entity.js';
import { MessageSetting } from './message-setting.entity.js';
import { MessageSettings } from './message-settings.js';

/** What people want to be sent. */
@Injectable()
export class MessageSettingsService {
  constructor(
    private readonly source: DataSource,
    private readonly transactor: Transactor,
    private readonly businessTime: BusinessTime,
    private readonly templates: Templates,
  ) {}

  async all(userId: UserId): Promise<MessageSettings> {
    const db = this.source.manager;
    const [off, grants] = [await db.findBy(MessageSetting, { userId }), await db.findBy(MessageGrant, { userId })];
    return new MessageSettings(
      Object.values(MessageKind).map((kind) => {
        const templateId = this.templates.of(kind)?.templateId ?? null;
        const grant = grants.find((each) => each.templateId === templateId);
        const sendsLeft = grant ? Math.max(grant.reported, grant.pushed) - grant.taken - grant.voided : 0;
        return { kind, templateId, sendsLeft, isOn: !off.some((setting) => setting.kind === kind) };
      }),
    );
  }

  /** Switches a kind on or off, at once: whoever is about to send one has done so, or does not. Doing it again changes nothing. */
  async update(userId: UserId, { kind, isOn }: MessageSettingsUpdateInput): Promise<MessageSettings> {
    await this.transactor.run(async (db) => {
      await lockAccount(db, userId);
      if (isOn) await db.delete(MessageSetting, { userId, kind });
      else
        await db.query('INSERT IGNORE INTO message_setting (user_id, kind, off_since) VALUES (?, ?, ?)', [
          idBytes(userId),
          kind,
          await this.businessTime.read(db),
        ]);
    });
    return this.all(userId);
  }
}
