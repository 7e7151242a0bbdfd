import type { NewProduct } from '#catalog';
import { PRODUCTS } from '../demo-shop/products.js';

const ORIGINS =
  '陕西 山东 云南 四川 广西 广东 海南 新疆 内蒙古 黑龙江 福建 浙江 江苏 湖南 湖北 河南 河北 安徽 江西 贵州'.split(' ');
const BRANDS =
  '农家 鲜丰 好味 绿源 山里 田园 一品 金穗 禾苗 海之味 牧歌 家常 百味 自然 阳光 天然 老街 优选 御品 巧厨'.split(' ');
const MANNERS =
  '有机 新鲜 手工 特级 精选 散装 整箱 礼盒 家庭装 冷冻 现摘 低糖 无添加 浓香 原味 加厚 迷你 大号 儿童 经典'.split(' ');
const GOODS = (
  '苹果 香蕉 橙子 葡萄 草莓 蓝莓 樱桃 芒果 西瓜 哈密瓜 梨 桃子 柚子 菠萝 榴莲 大米 小米 玉米 面粉 面条 米粉 燕麦 红豆 绿豆 黄豆 花生 ' +
  '核桃 瓜子 红枣 枸杞 牛奶 酸奶 奶酪 黄油 鸡蛋 鸭蛋 猪肉 牛肉 羊肉 鸡肉 鸭肉 排骨 五花肉 香肠 火腿 大虾 带鱼 黄鱼 螃蟹 鱿鱼 ' +
  '白菜 菠菜 土豆 番茄 黄瓜 茄子 胡萝卜 南瓜 山药 蘑菇 豆腐 海带 酱油 食醋 花生油 豆瓣酱 辣椒酱 火锅底料 饼干 巧克力 糖果 薯片 ' +
  '蛋糕 面包 坚果 牛肉干 果汁 咖啡 绿茶 红茶 矿泉水 啤酒 抽纸 卷纸 湿巾 洗衣液 洗洁精 洗发水 沐浴露 牙膏 牙刷 毛巾 垃圾袋 保鲜盒 ' +
  '纸尿裤 奶瓶 奶粉 玩具 袜子 拖鞋 雨伞 水杯'
).split(' ');
const SIZES = '500克 1千克 2.5千克 5千克 250毫升 1升 12盒 24瓶 3包 10包'.split(' ');

/** The n-th of a shop's products: named as shops name them, no two alike, among them those of the demo shop. */
export function productAt(n: number): NewProduct {
  const demo = PRODUCTS[n];
  const code = `BENCH-${n}`;
  if (demo) return { ...demo, skus: [{ code, title: '', priceMinor: 100 + n, quantity: 10 }] };
  const of = (words: readonly string[], step: number): string => words[Math.floor(n / step) % words.length] ?? '';
  const good = of(GOODS, 1);
  const name = `${of(ORIGINS, GOODS.length)}${of(BRANDS, GOODS.length * ORIGINS.length)}${of(MANNERS, 7)}${good}${of(SIZES, 3)} ${n}`;
  return {
    supplier: `${of(BRANDS, 13)}商行`,
    name,
    category: `类目${n % 40}`,
    description: `${of(ORIGINS, 11)}${of(MANNERS, 5)}好货，${of(MANNERS, 17)}，产地直发，净重${of(SIZES, 9)}，请放在阴凉干燥处。`,
    skus: [{ code, title: of(SIZES, 3), priceMinor: 100 + ((n * 7_919) % 20_000), quantity: n % 20 }],
  };
}
