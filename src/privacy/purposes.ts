import { createHash } from 'node:crypto';
import type { ConsentPurpose, Purpose, Texts } from '#common';

/** What people are told of a purpose (PIPL 17). */
export interface Notice {
  /** Every text that was ever shown, the oldest first: version 1 is the first. A text is never changed, a new one is added behind it. */
  readonly texts: readonly [Texts, ...Texts[]];
  /** Which data it is about. */
  readonly covers: Texts;
}

/** What the service needs: it rests on the contract or on the law, so nobody is asked to agree. Erasing the account ends it. */
export const NEEDED: Readonly<Record<Exclude<Purpose, ConsentPurpose>, Notice>> = {
  ACCOUNT: {
    texts: [
      {
        zh: '我们用微信给您的标识认出您，让您登录、看到自己的订单。没有它们就无法提供服务；注销账号后即删除。',
        en: 'We use WeChat’s names for you to recognise you, so that you can log in and see your orders. The service cannot do without; they are gone once you erase your account.',
      },
    ],
    covers: {
      zh: '微信标识、登录记录、账号状态、您屏蔽的人、您上传的图片。',
      en: 'WeChat’s names for you, your logins, how your account stands, whom you have blocked, pictures that you upload.',
    },
  },
  ORDERS: {
    texts: [
      {
        zh: '我们用您的订单和收货信息卖出商品、送达、收款和退款。法律要求交易记录自交易完成之日起至少保存三年；期满后删除收货信息。',
        en: 'We use your orders and where they go to sell, deliver, take and give back money. The law wants records of a trade kept for at least three years after its completion; then we delete where the order went.',
      },
    ],
    covers: {
      zh: '订单、拼团、付款、退款、收货人姓名、电话和地址。',
      en: 'Orders, teams, payments, refunds, and the name, number and address that an order goes to.',
    },
  },
  SAFETY: {
    texts: [
      {
        zh: '我们保存谁查看过您的数据、您何时同意或撤回、商城对您账号的决定，以便您查询并证明我们依法行事。',
        en: 'We keep who has looked at your data, when you have agreed or taken it back, and what was decided about your account, so that you can ask and we can show that we keep to the law.',
      },
    ],
    covers: {
      zh: '查看记录、同意记录、账号决定、重复请求的编号。',
      en: 'Looks at your data, your consents, decisions about your account, keys of repeated requests.',
    },
  },
};

/** What nobody has to agree to (PIPL 16). Nothing is given until it is given. */
export const ASKED: Readonly<Record<ConsentPurpose, Notice>> = {
  SHOW_PROFILE: {
    texts: [
      {
        zh: '同意后，同一个团里的其他人能看到您打码后的昵称，例如“桂**婆”。不同意则显示为“微信用户”，不影响购买。您可以随时撤回，撤回后立即不再显示。',
        en: 'If you agree, others in a team see your nickname masked, such as “M**a”. If not, they see “WeChat user”, and you can buy all the same. You can take it back at any time; it is hidden at once.',
      },
    ],
    covers: { zh: '打码后的昵称。', en: 'Your nickname, masked.' },
  },
  ADDRESS_BOOK: {
    texts: [
      {
        zh: '同意后，我们加密保存您填写的收货地址，方便下次下单时选用。不同意则每次下单时填写，不影响购买。您可以随时撤回，撤回后立即删除整个地址簿。',
        en: 'If you agree, we keep the addresses that you enter, encrypted, so that you can pick one for the next order. If not, you enter one with each order, and can buy all the same. You can take it back at any time; the whole address book is deleted at once.',
      },
    ],
    covers: {
      zh: '地址簿里的姓名、电话和地址。',
      en: 'The names, numbers and addresses in your address book.',
    },
  },
  PHONE: {
    texts: [
      {
        zh: '同意后，我们加密保存您的手机号码，用于与您联系订单事宜。不同意不影响购买。您可以随时撤回，撤回后立即删除号码。',
        en: 'If you agree, we keep your telephone number, encrypted, to reach you about your orders. You can buy without. You can take it back at any time; the number is deleted at once.',
      },
    ],
    covers: { zh: '您的手机号码。', en: 'Your telephone number.' },
  },
  SHARE_WITH_LEADER: {
    texts: [
      {
        zh: '单独同意：同意后，我们把您的姓名、电话和收货信息告知您所选自提点的团长，用于分拣和交付。团长是独立的个人信息处理者。不同意则无法在团长处自提，可改为邮寄。您可以随时撤回，撤回后不再提供。',
        en: 'A consent of its own: if you agree, we tell the leader of the pickup point that you choose your name, number and delivery, for sorting and handing out. A leader handles personal data in their own right. If not, you cannot collect from a leader, but can have a parcel. You can take it back at any time; then nothing more is told.',
      },
    ],
    covers: {
      zh: '自提订单的姓名、电话和收货信息。',
      en: 'The name, number and delivery of orders that a leader hands out.',
    },
  },
};

export function isAsked(purpose: Purpose): purpose is ConsentPurpose {
  return purpose in ASKED;
}

export function noticeOf(purpose: Purpose): Notice {
  const all: Readonly<Record<Purpose, Notice>> = { ...NEEDED, ...ASKED };
  return all[purpose];
}

/** Which version of a purpose's text is shown today. */
export function versionOf(purpose: Purpose): number {
  return noticeOf(purpose).texts.length;
}

/** The fingerprint of a text in both languages, by which a test finds one that was changed without a new version. */
export function fingerprintOf({ zh, en }: Texts): string {
  return createHash('sha256').update(`${zh}\n${en}`).digest('hex');
}
