import { describe, expect, it } from '@jest/globals';
import { type Region, regionOf, REGIONS } from '#catalog';

describe('regionOf an address', () => {
  // prettier-ignore
  it.each<[province: string, nationalCode: string | null | undefined, region: Region | null]>([
    ['浙江省',       undefined, '33'],
    ['浙江',         null,      '33'],
    [' 浙江省 ',     null,      '33'],
    ['上海市',       '310104',  '31'],
    ['上海',         '310104',  '31'],
    ['内蒙古自治区', null,      '15'],
    ['内蒙古',       null,      '15'],
    ['广西壮族自治区', null,    '45'],
    ['广西自治区',   null,      '45'],
    ['广西',         null,      '45'],
    ['新疆',         null,      '65'],
    ['宁夏',         null,      '64'],
    ['西藏',         null,      '54'],
    ['浙江省',       '540102',  '33'],
    ['浙讧省',       '330106',  '33'],
    ['Zhejiang',     '330106',  '33'],
    ['台湾省',       '710000',  null],
    ['Zhejiang',     '990106',  null],
    ['',             null,      null],
    ['省',           null,      null],
    ['省浙江',       null,      null],
  ])('%s with code %s', (province, nationalCode, region) => {
    expect(regionOf({ province, nationalCode })).toBe(region);
  });

  it('knows each of the 31 by its official name', () => {
    const regions = Object.entries(REGIONS);
    expect(regions).toHaveLength(31);
    for (const [code, province] of regions) expect([province, regionOf({ province })]).toEqual([province, code]);
  });
});
