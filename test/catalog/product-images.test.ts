import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ProductId } from '#catalog';
import { newId } from '#common';
import { aPicture } from '../media/pictures.js';
import { type ImageAnswer, keysIn, post, upload } from '../media/uploader.js';
import { anOffer, type OnSale } from '../support/builders.js';
import { aProduct, tell, type Told } from '../support/catalogue.js';
import type { Desk } from '../support/desk.js';
import { Shop } from '../support/shop.js';
import { expectSound } from '../support/sound.js';

const SHOWN = '__typename ... on Image { id status purpose uploadForm { url fileField fields { name value } } }';

let shop: Shop;
let cato: Desk;
let pears: OnSale;
let picture: Buffer;

beforeAll(async () => {
  shop = await Shop.open();
  cato = await shop.operator('cato', 'CATALOG');
  pears = await anOffer(shop);
  picture = await aPicture(300, 200).jpeg().toBuffer();
});
afterAll(async () => {
  await shop.close();
});

const begin = (desk: Desk, file = picture): Promise<ImageAnswer> =>
  desk.ask(`mutation ($input: ProductImageUploadInput!) { productImageUpload(input: $input) { ${SHOWN} } }`, {
    input: { type: 'JPEG', sizeBytes: file.length, idempotencyKey: randomUUID() },
  });
const complete = (desk: Desk, imageId: string): Promise<ImageAnswer> =>
  desk.ask(`mutation ($input: ImageInput!) { productImageUploadComplete(input: $input) { ${SHOWN} } }`, {
    input: { imageId },
  });
const look = (desk: Desk, id: string): Promise<{ status: string; uploadForm: object | null }> =>
  desk.ask('query ($id: ID!) { productImage(id: $id) { status uploadForm { url } } }', { id });

/** A READY picture of goods. */
async function uploaded(desk = cato): Promise<string> {
  const { id, uploadForm } = await begin(desk);
  expect(await post(uploadForm!, picture)).toBe('204');
  await complete(desk, id);
  await shop.drain();
  return id;
}
const showing = async (...imageIds: string[]): Promise<Told> =>
  tell(cato, 'productAdd', await aProduct(shop, pears.productId, { imageIds }));
const change = async ({ id, revision }: Told, ...imageIds: string[]): Promise<Told> => {
  const contents = await aProduct(shop, pears.productId, { supplierId: undefined, imageIds });
  return tell(cato, 'productChange', { ...contents, productId: id, revision });
};

describe('a picture of goods', () => {
  it('is uploaded by the staff as buyers’ are, and shown by its product to anyone, in order', async () => {
    const [cover, back] = [await uploaded(), await uploaded(await shop.operator('mona', 'CATALOG'))];
    expect(await look(cato, cover)).toEqual({ status: 'READY', uploadForm: null });
    const { id } = await showing(cover, back);
    const page = 'query ($id: ID!) { product(id: $id) { images { id blurhash url(width: 200) } } }';
    const { images } = await shop.guest.ask<{ images: { id: string; url: string; blurhash: string }[] }>(page, { id });
    expect(images.map((image) => image.id)).toEqual([cover, back]);
    expect((await fetch(images[0]!.url)).status).toBe(200);
    expect(images[0]!.blurhash).not.toBe('');
    await expectSound(shop);
  });

  it('that a product does not show any more is deleted, with its files', async () => {
    const [kept, dropped] = [await uploaded(), await uploaded()];
    const product = await showing(dropped, kept);
    expect((await change(product, kept)).images.map(({ id }) => id)).toEqual([kept]);
    await shop.drain();
    await expect(look(cato, dropped)).rejects.toThrow('NOT_FOUND');
    const keys = (await keysIn(shop)).join();
    const suffixOf = (id: string): string => id.slice('image_'.length);
    expect([keys.includes(suffixOf(kept)), keys.includes(suffixOf(dropped))]).toEqual([true, false]);
    expect(await change({ ...product, revision: 2 }, dropped)).toMatchObject({ __typename: 'ImageNotUsable' });
    await expectSound(shop);
  });

  it('is put in another order without being deleted', async () => {
    const [one, two] = [await uploaded(), await uploaded()];
    const product = await showing(one, two);
    expect((await change(product, two, one)).images.map(({ id }) => id)).toEqual([two, one]);
    expect((await look(cato, one)).status).toBe('READY');
  });

  it('is shown by one product only, also if two want it at once', async () => {
    const image = await uploaded();
    const answers = await Promise.allSettled([showing(image), showing(image)]);
    const types = answers.map((each) => (each.status === 'fulfilled' ? each.value.__typename : String(each.reason)));
    expect(types.toSorted()).toEqual(['ImageNotUsable', 'Product']);
    await expectSound(shop);
  });

  it('must be READY, for goods, and one of nine', async () => {
    const { id: open } = await begin(cato);
    const ana = await shop.login('ana');
    const { id: buyers } = await upload(shop, ana, picture);
    for (const imageId of [open, buyers, newId('image')])
      expect(await showing(imageId)).toMatchObject({ __typename: 'ImageNotUsable' });
    const many = Array.from({ length: 10 }, () => newId('image'));
    await expect(showing(...many)).rejects.toThrow('input.imageIds');
    const image = await uploaded();
    await expect(showing(image, image)).rejects.toThrow('input.imageIds');
  });

  it('is not for buyers to upload, nor to see before a product shows it', async () => {
    const ana = await shop.login('ana');
    const input = { type: 'JPEG', purpose: 'PRODUCT', sizeBytes: 10, idempotencyKey: randomUUID() };
    const asBuyer = 'mutation ($input: ImageUploadInput!) { imageUpload(input: $input) { __typename } }';
    await expect(ana.ask(asBuyer, { input })).rejects.toThrow('input.purpose');
    const image = await uploaded();
    await expect(ana.ask('query ($id: ID!) { image(id: $id) { id } }', { id: image })).rejects.toThrow('NOT_FOUND');
    const asBuyers = 'mutation ($id: ID!) { imageDelete(input: { imageId: $id }) { id } }';
    await expect(ana.ask(asBuyers, { id: image })).rejects.toThrow('NOT_FOUND');
  });

  it('is finished by whoever has begun it, who alone gets its form', async () => {
    const mona = await shop.operator('mona', 'CATALOG');
    const { id } = await begin(cato);
    await expect(complete(mona, id)).rejects.toThrow('NOT_FOUND');
    expect((await look(mona, id)).uploadForm).toBeNull();
    expect((await look(cato, id)).uploadForm).not.toBeNull();
  });

  it('counts against what one of the staff may have open', async () => {
    const nils = await shop.operator('nils', 'CATALOG');
    for (let number = 0; number < 20; number += 1) await begin(nils);
    expect((await begin(nils)).__typename).toBe('TooManyOpenUploads');
    expect((await begin(cato)).__typename).toBe('Image');
  });

  it('stays with its product when the product goes off sale', async () => {
    const image = await uploaded();
    const { id } = await showing(image);
    await tell(cato, 'productsOffSale', { productIds: [id as ProductId] });
    expect((await look(cato, image)).status).toBe('READY');
  });
});
