import { describe, expect, it } from '@jest/globals';
import { newId } from '#common';
import type { UserId } from '#identity';
import { deliveryOf, deliverySeenBy, deliveryText } from '../../src/orders/delivery/delivery.rules.js';
import { aDelivery } from '../support/deliveries.js';

const [ana, bo]: UserId[] = [newId('user'), newId('user')];
const WHOLE = {
  ...{ recipientName: '欧阳小花', phone: '13812345678', province: '湖北省', city: '武汉市', district: '洪山区' },
  ...{ street: '珞南街道', detail: '珞喻路1037号 3栋2单元101', postalCode: '430074', nationalCode: '420111' },
};

describe('where an order goes', () => {
  it.each([
    [{}],
    [{ street: '琶洲街道', postalCode: '510000', nationalCode: '440105' }],
    [{ recipientName: '"\\"', detail: '𠮷野家 👨‍👩‍👧' }],
  ])('comes out of its text as it went in: %j', (address) => {
    const delivery = aDelivery(address);
    expect(deliveryOf(deliveryText(delivery))).toEqual({
      address: { street: null, nationalCode: null, ...delivery.address },
    });
  });

  it('without what may be missing has null for it, whether it was left out or null', () => {
    const missing = { street: null, postalCode: null, nationalCode: null };
    expect(deliveryOf(deliveryText(aDelivery(missing)))).toMatchObject({ address: missing });
    expect(deliveryOf(deliveryText(aDelivery({ postalCode: undefined })))).toMatchObject({ address: missing });
  });

  it('is not guessed from a text of another version, whose words are told to nobody', () => {
    const later = deliveryText(aDelivery()).replace('"version":1', '"version":2');
    expect(() => deliveryOf(later)).toThrow(/^nobody can read version 2 of a delivery$/);
  });
});

describe('of where an order goes', () => {
  const delivery = { address: WHOLE };
  const MASKED = {
    ...{ recipientName: '欧**', phone: '138****5678', province: '湖北省', city: '武汉市', district: '洪山区' },
    ...{ street: null, detail: null, postalCode: null, nationalCode: '420111' },
  };

  it.each([
    { who: 'the buyer', viewerId: ana!, sees: WHOLE },
    { who: 'anybody else', viewerId: bo!, sees: MASKED },
    { who: 'a stranger', viewerId: null, sees: MASKED },
  ])('$who sees $sees', ({ viewerId, sees }) => {
    expect(deliverySeenBy(viewerId, { buyerId: ana!, delivery })).toEqual({ address: sees });
  });

  it('nobody else sees a field that nobody has thought about', () => {
    const grown = { address: { ...WHOLE, doorCode: '1234' } };
    expect(deliverySeenBy(bo!, { buyerId: ana!, delivery: grown })).toEqual({ address: MASKED });
  });

  it.each([
    ['张三', '张**'],
    ['张', '**'],
    ['阿卜杜勒·买买提', '阿**'],
    ['𠮷田', '𠮷**'],
    ['John Smith', 'J**'],
  ])('the name %s is shown as %s', (recipientName, shown) => {
    const seen = deliverySeenBy(bo!, { buyerId: ana!, delivery: { address: { ...WHOLE, recipientName } } });
    expect(seen.address.recipientName).toBe(shown);
  });
});
