import type { QueryRunner } from 'typeorm';

const PAGE = 500;

interface TitledRow {
  readonly id: Buffer;
  readonly product_id: Buffer;
  readonly code: string;
  readonly title: string;
}

/** Makes a category at the top of each name that a product has. */
export async function categoriesFromNames(
  db: QueryRunner,
  rowOf: (name: string, position: number) => readonly [id: Buffer, name: string, position: number],
): Promise<void> {
  const names = (await db.query(
    'SELECT MIN(category) AS name FROM product GROUP BY category ORDER BY category',
  )) as readonly { readonly name: string }[];
  for (const [index, { name }] of names.entries()) {
    const [id, said, position] = rowOf(name, index);
    await db.query('INSERT INTO category (id, name_zh, name_en, position, is_shown) VALUES (?, ?, ?, ?, TRUE)', [
      id,
      said,
      said,
      position,
    ]);
  }
}

/** Makes the titles of SKUs the values of one option of their product. Titles stay as they are. */
export async function optionsFromTitles(db: QueryRunner): Promise<void> {
  let after: Uint8Array = Buffer.alloc(0);
  for (;;) {
    const products = (await db.query('SELECT id FROM product WHERE id > ? ORDER BY id LIMIT ?', [
      after,
      PAGE,
    ])) as readonly { readonly id: Buffer }[];
    const last = products.at(-1);
    if (!last) return;
    const skus = (await db.query('SELECT id, product_id, code, title FROM sku WHERE product_id IN (?) ORDER BY id', [
      products.map(({ id }) => id),
    ])) as readonly TitledRow[];
    for (const { id } of products)
      await giveOption(
        db,
        id,
        skus.filter((sku) => sku.product_id.equals(id)),
      );
    after = last.id;
  }
}

async function giveOption(db: QueryRunner, productId: Buffer, skus: readonly TitledRow[]): Promise<void> {
  if (skus.every(({ title }) => title === '') && skus.length <= 1) return;
  const titles = skus.map(({ title }) => title);
  const areDistinct =
    new Set(titles.map((title) => title.toLowerCase())).size === titles.length && !titles.includes('');
  // Codes are unique in the whole shop.
  const values = areDistinct ? titles : skus.map(({ code }) => code);
  await db.query('UPDATE product SET options = ? WHERE id = ?', [
    JSON.stringify([{ name: '规格', values }]),
    productId,
  ]);
  for (const [index, { id }] of skus.entries())
    await db.query('UPDATE sku SET option_values = ? WHERE id = ?', [JSON.stringify([values[index]]), id]);
}
