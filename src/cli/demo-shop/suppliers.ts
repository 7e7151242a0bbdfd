/** Who sells in the demo shop. A name that is written once cannot become two suppliers by a typing error. */
export const ORCHARD = '禾苗鲜果直供';
export const GARDEN = '云上菜园合作社';
export const HARBOUR = '蓝湾水产肉禽';
export const PASTURE = '草原牧场乳业';
export const GRANARY = '五谷坊粮油';
export const SNACK_SHOP = '好味零食铺';
export const HOUSEHOLD = '洁净家居日用';
export const NURSERY = '小象母婴';
