import { defineFact } from '#jobs';
import type { WechatPushId } from './wechat-push.entity.js';

/** WeChat has told of an event of the mini-program that somebody here reads; what it says is in the row. */
export const wechatPushed = defineFact<{ pushId: WechatPushId; event: string }>('wechat.pushed');
