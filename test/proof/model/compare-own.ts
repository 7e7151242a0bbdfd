import { expect } from '@jest/globals';
import type { Person } from './promises/records.js';
import type { World } from './world.js';

const OWN = `{ me { wholePhone avatar { id } } addresses { id label isDefault address { recipientName } }
  images(first: 100) { edges { node { id status } } } }`;

interface Shown {
  readonly me: { readonly wholePhone: string | null; readonly avatar: { readonly id: string } | null };
  readonly addresses: readonly {
    readonly id: string;
    readonly label: string | null;
    readonly isDefault: boolean;
    readonly address: { readonly recipientName: string };
  }[];
  readonly images: { readonly edges: readonly { readonly node: { readonly id: string; readonly status: string } }[] };
}

/** Whether somebody has anything of the kind that `expectOwn` looks at. */
export function hasOwn({ contact, album }: Person): boolean {
  return contact.code !== null || contact.book.length + contact.removed.length + album.pictures.length > 0;
}

/** What people see of themselves is as they left it: telephone number, address book, pictures. */
export async function expectOwn(world: World, person: Person): Promise<void> {
  const { data, errors } = await world.phoneOf(person).send(OWN);
  expect(errors).toBeUndefined();
  const { me, addresses, images } = data as unknown as Shown;
  const { contact, album } = person;
  expect({ phone: me.wholePhone, avatar: me.avatar?.id ?? null }).toEqual({
    phone: contact.phone,
    avatar: album.avatar?.id ?? null,
  });
  expect(
    addresses.map(({ id, label, isDefault, address }) => ({ id, label, isDefault, name: address.recipientName })),
  ).toEqual(bookOf(person));
  expect(Object.fromEntries(images.edges.map(({ node }) => [node.id, node.status]))).toEqual(
    Object.fromEntries(
      album.pictures.filter(({ status }) => status !== 'DELETED').map(({ id, status }) => [id, status]),
    ),
  );
}

/** The default, then the newest first. */
function bookOf({ contact: { book, usual } }: Person): object[] {
  const inOrder = usual ? [usual, ...book.filter((entry) => entry !== usual)] : book;
  return inOrder.map((entry) => ({
    ...{ id: entry.id, label: entry.label, isDefault: entry === usual, name: entry.recipientName },
  }));
}
