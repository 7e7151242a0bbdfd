/** What people call the same thing; each word is searched for all of its group. Written as `wordsOf` writes words: English by its stem. */
const GROUPS: readonly (readonly string[])[] = [
  ['西红柿', '番茄', 'tomato'],
  ['土豆', '马铃薯', '洋芋', 'potato'],
  ['猕猴桃', '奇异果', 'kiwi'],
  ['玉米', '苞米', '包谷', 'corn'],
  ['红薯', '地瓜', '番薯'],
  ['花生', '落花生', 'peanut'],
  ['车厘子', '樱桃', 'cherri'],
  ['草莓', 'strawberri'],
  ['蓝莓', 'blueberri'],
  ['苹果', 'appl'],
  ['芒果', 'mango'],
  ['橙汁', 'orang'],
  ['牛奶', '鲜奶', 'milk'],
  ['酸奶', 'yogurt', 'yoghurt'],
  ['奶酪', '芝士', '起司', 'chees'],
  ['鸡蛋', 'egg'],
  ['大米', 'rice'],
  ['咖啡', 'coffe'],
  ['茶', '茶叶', '茶饮', 'tea'],
  ['虾', '大虾', '虾仁', 'shrimp', 'prawn'],
  ['螃蟹', '河蟹', '大闸蟹', 'crab'],
  ['羊肉', '羔羊肉', 'lamb'],
  ['鸡', '鸡肉', 'chicken'],
  ['核桃', 'walnut'],
  ['坚果', 'nut'],
  ['卫生纸', '卷纸', '抽纸', '纸巾', '面巾纸', 'tissu'],
  ['尿不湿', '纸尿裤', '尿布', 'diaper'],
  ['洗面奶', '洁面乳', '洁面'],
  ['洗发水', '洗发露', '香波', 'shampoo'],
  ['牙膏', 'toothpast'],
  ['牙刷', 'toothbrush'],
  ['洗衣液', '洗衣凝珠', '洗衣粉', '洗衣'],
  ['洗洁精', '洗碗液', '餐具'],
  ['抹布', '洗碗布'],
  ['饭盒', '保鲜盒', '便当盒'],
];

/** What a broader word takes in besides the goods that are called so. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  茶: ['茶叶', '铁观音', '龙井', '普洱', '红茶', '绿茶', '乌龙茶'],
  食用油: ['花生油', '亚麻籽油', '菜籽油', '玉米油', '橄榄油', '葵花籽油', '芝麻油'],
  猪肉: ['五花肉', '排骨', '里脊', '猪蹄'],
  海鲜: ['大虾', '大黄鱼', '河蟹', '带鱼', '扇贝', '生蚝', '鱿鱼'],
  杂粮: ['小米', '玉米', '燕麦', '红豆', '绿豆', '薏米'],
  纸: ['抽纸', '卷纸', '卫生纸'],
};

const GROUP_OF = new Map(GROUPS.flatMap((group) => group.map((word) => [word, group] as const)));

/** Words that mean the same, or one kind of it; none for most words. */
export function synonymsOf(word: string): readonly string[] {
  return [...(GROUP_OF.get(word) ?? []), ...(KINDS[word] ?? [])].filter((other) => other !== word);
}
