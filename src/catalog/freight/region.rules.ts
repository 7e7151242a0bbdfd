/**
 * The provinces of mainland China, and the cities and regions that stand beside them, by the first two digits of their code in GB/T 2260 and by
 * the name that `wx.chooseAddress` gives as `provinceName`.
 */
export const REGIONS = {
  '11': '北京市',
  '12': '天津市',
  '13': '河北省',
  '14': '山西省',
  '15': '内蒙古自治区',
  '21': '辽宁省',
  '22': '吉林省',
  '23': '黑龙江省',
  '31': '上海市',
  '32': '江苏省',
  '33': '浙江省',
  '34': '安徽省',
  '35': '福建省',
  '36': '江西省',
  '37': '山东省',
  '41': '河南省',
  '42': '湖北省',
  '43': '湖南省',
  '44': '广东省',
  '45': '广西壮族自治区',
  '46': '海南省',
  '50': '重庆市',
  '51': '四川省',
  '52': '贵州省',
  '53': '云南省',
  '54': '西藏自治区',
  '61': '陕西省',
  '62': '甘肃省',
  '63': '青海省',
  '64': '宁夏回族自治区',
  '65': '新疆维吾尔自治区',
} as const;
export type Region = keyof typeof REGIONS;

export const REGION_CODES = Object.keys(REGIONS) as readonly Region[];

/** What an official name has and people leave out: 浙江, 上海, 广西, 新疆, 内蒙古. */
const SUFFIX = /(壮族自治区|回族自治区|维吾尔自治区|自治区|省|市)$/u;

const REGION_OF_NAME: ReadonlyMap<string, Region> = new Map(REGION_CODES.map((code) => [short(REGIONS[code]), code]));

/**
 * Which region an address lies in; null if neither its province nor its code tells, so that only a rule for everywhere else fits.
 * The name comes first, because that is what the courier reads; the code helps where the name is misspelt.
 */
export function regionOf({
  province,
  nationalCode,
}: {
  readonly province: string;
  readonly nationalCode?: string | null;
}): Region | null {
  const code = nationalCode?.slice(0, 2) ?? '';
  return REGION_OF_NAME.get(short(province.trim())) ?? REGION_CODES.find((each) => each === code) ?? null;
}

function short(name: string): string {
  return name.replace(SUFFIX, '');
}
