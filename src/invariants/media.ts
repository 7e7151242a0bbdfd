import type { Invariant } from './invariant.js';

const PROCESSING_DAYS = 1;
/** The clock ends what is overdue every minute. */
const PATIENCE_HOURS = 1;

export const MEDIA: readonly Invariant[] = [
  {
    number: 'INV-50',
    name: 'shown-images-have-renditions',
    holds: {
      zh: '可展示的图片每种格式和宽度各有一个不宽于原图的版本，其他图片没有。',
      en: 'An image that is shown has renditions, one a format and width, none wider than itself; no other has any.',
    },
    sql: `SELECT HEX(image.id) AS image, status, COUNT(image_rendition.image_id) AS renditions FROM image
          LEFT JOIN image_rendition ON image_rendition.image_id = image.id GROUP BY image.id, status
          HAVING (status = 'READY') <> (renditions > 0)
          UNION ALL SELECT HEX(image.id), format, image_rendition.width FROM image
          JOIN image_rendition ON image_rendition.image_id = image.id WHERE image_rendition.width > image.width
          UNION ALL SELECT HEX(image_id), MIN(format), COUNT(*) FROM image_rendition
          GROUP BY image_id HAVING COUNT(*) <> 2 * COUNT(DISTINCT width)`,
  },
  {
    number: 'INV-50',
    name: 'avatars-are-ready-and-own',
    holds: {
      zh: '头像是本人以头像用途上传且已就绪的图片。',
      en: 'An avatar is a READY image of the person, uploaded as one.',
    },
    sql: `SELECT HEX(user_id) AS user, HEX(image_id) AS image, status, purpose FROM avatar
          JOIN image ON image.id = image_id WHERE owner_id <> user_id OR status <> 'READY' OR purpose <> 'AVATAR'`,
  },
  {
    number: 'INV-50',
    name: 'products-show-ready-pictures-of-goods',
    holds: {
      zh: '商品展示的图片都是员工为商品上传且已就绪的图片。',
      en: 'The pictures that a product shows are READY, and uploaded for goods by the staff.',
    },
    sql: `SELECT HEX(image_id) AS image, HEX(product_id) AS product, status, purpose FROM product_image
          JOIN image ON image.id = image_id WHERE status <> 'READY' OR purpose <> 'PRODUCT' OR staff_id IS NULL`,
  },
  {
    number: 'INV-51',
    name: 'uploads-end-in-time',
    holds: {
      zh: '没有图片上传或处理超过允许的时间。',
      en: 'No upload stays open, and no image PROCESSING, for longer than it may.',
    },
    whenQuiet: true,
    // The times of uploads are machine time, which is the server's own.
    sql: `SELECT HEX(id) AS image, status, upload_until, uploaded_at FROM image
          WHERE (status = 'PENDING' AND upload_until < NOW(3) - INTERVAL ${PATIENCE_HOURS} HOUR)
             OR (status = 'PROCESSING' AND uploaded_at < NOW(3) - INTERVAL ${PROCESSING_DAYS} DAY - INTERVAL ${PATIENCE_HOURS} HOUR)`,
  },
];
