import { describe, expect, it } from '@jest/globals';
import { dataOf, templatesOf } from '../../src/notifications/kinds/template.rules.js';
import { KINDS } from '../../src/notifications/kinds/kinds.js';
import { MessageKind, type MessageParams } from '../../src/notifications/kinds/message-kind.js';

const PARAMS: MessageParams = {
  ...{ title: '砂糖橘五斤装', at: '2026-03-10T04:00:00Z', amountMinor: 2_990, size: 3, carrier: 'YTO' },
  isApproved: true,
};
const of = (name: string, keys: readonly string[] = []) => ({ name, templateId: `tpl-${name}`, keys });

describe('the templates of the shop', () => {
  it('are those of the kinds there are; others are for other versions', () => {
    const templates = templatesOf([of('teamFormed'), of('somethingElse')]);
    expect([...templates.keys()]).toEqual(['TEAM_FORMED']);
    expect(templates.get('TEAM_FORMED')).toEqual({
      ...{ kind: 'TEAM_FORMED', templateId: 'tpl-teamFormed' },
      keys: ['thing1', 'number2', 'time3', 'thing4'],
    });
  });

  it.each([
    ['too few', ['thing1', 'amount2']],
    ['too many', ['thing1', 'amount2', 'time3', 'thing4']],
    ['another order', ['amount2', 'thing1', 'time3']],
    ['another type', ['thing1', 'number2', 'time3']],
  ])('cannot have keys that are %s', (_what, keys) => {
    expect(() => templatesOf([of('refundSucceeded', keys)])).toThrow(
      'SUBSCRIBE_TEMPLATES: refundSucceeded must have keys of thing/amount/time, in this order',
    );
  });
});

describe('the fields of a message', () => {
  // prettier-ignore
  it.each<[kind: MessageKind, values: readonly string[]]>([
    ['TEAM_FORMED',        ['砂糖橘五斤装', '3', '2026年3月10日 12:00', '拼团成功，等待发货']],
    ['TEAM_FAILED',        ['砂糖橘五斤装', '¥29.90', '2026年3月10日 12:00', '未成团，款项原路退回']],
    ['PARCEL_SHIPPED',     ['砂糖橘五斤装', '2026年3月10日 12:00', '商品已发出，请留意物流']],
    ['REFUND_SUCCEEDED',   ['砂糖橘五斤装', '¥29.90', '2026年3月10日 12:00']],
    ['AFTER_SALE_DECIDED', ['砂糖橘五斤装', '已同意', '¥29.90', '2026年3月10日 12:00']],
  ])('of %s say %j', (kind, values) => {
    const template = templatesOf([of(KINDS[kind].template)]).get(kind)!;
    expect(Object.values(dataOf(template, PARAMS, 'Asia/Shanghai'))).toEqual(values);
  });

  it('stand under the keys that the template has at WeChat', () => {
    const template = templatesOf([of('refundSucceeded', ['thing7', 'amount2', 'time15'])]).get('REFUND_SUCCEEDED')!;
    expect(dataOf(template, PARAMS, 'Asia/Shanghai')).toEqual({
      ...{ thing7: '砂糖橘五斤装', amount2: '¥29.90', time15: '2026年3月10日 12:00' },
    });
  });

  it('say no as well as yes', () => {
    const template = templatesOf([of('afterSaleDecided')]).get('AFTER_SALE_DECIDED')!;
    expect(dataOf(template, { ...PARAMS, isApproved: false }, 'Asia/Shanghai')['phrase2']).toBe('未同意');
  });
});
