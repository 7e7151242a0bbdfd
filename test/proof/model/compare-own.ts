import { expect } from '@jest/globals';
import type { Person } from './promises/people.js';
import type { World } from './world.js';

const OWN = `{ me { wholePhone avatar { id } } addresses { id label isDefault address { recipientName } }
  images(first: 100) { edges { node { id status } } } privacyConsents { purpose isGiven given { version } withdrawnAt } }`;

interface Shown {
  readonly me: { readonly wholePhone: string | null; readonly avatar: { readonly id: string } | null };
  readonly addresses: readonly {
    readonly id: string;
    readonly label: string | null;
    readonly isDefault: boolean;
    readonly address: { readonly recipientName: string };
  }[];
  readonly privacyConsents: readonly {
    readonly purpose: string;
    readonly isGiven: boolean;
    readonly given: object | null;
    readonly withdrawnAt: string | null;
  }[];
  readonly images: { readonly edges: readonly { readonly node: { readonly id: string; readonly status: string } }[] };
}

/** Whether somebody has anything of the kind that `expectOwn` looks at. */
export function hasOwn({ contact, album, consents }: Person): boolean {
  return (
    consents.acts > 0 ||
    contact.code !== null ||
    contact.book.length + contact.removed.length + album.pictures.length > 0
  );
}

/** What people see of themselves is as they left it: telephone number, address book, pictures, consents. */
export async function expectOwn(world: World, person: Person): Promise<void> {
  const { data, errors } = await world.phoneOf(person).send(OWN);
  expect(errors).toBeUndefined();
  const { me, addresses, images, privacyConsents } = data as unknown as Shown;
  const { contact, album, consents } = person;
  expect(privacyConsents.flatMap(standingOf).toSorted()).toEqual(
    [...consents.last].map(([purpose, how]) => `${purpose} ${how}`).toSorted(),
  );
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

function standingOf({ purpose, isGiven, given, withdrawnAt }: Shown['privacyConsents'][number]): string[] {
  expect(isGiven).toBe(given !== null);
  if (isGiven) return [`${purpose} GIVEN`];
  return withdrawnAt === null ? [] : [`${purpose} WITHDRAWN`];
}

/** The default, then the newest first. */
function bookOf({ contact: { book, usual } }: Person): object[] {
  const inOrder = usual ? [usual, ...book.filter((entry) => entry !== usual)] : book;
  return inOrder.map((entry) => ({
    ...{ id: entry.id, label: entry.label, isDefault: entry === usual, name: entry.recipientName },
  }));
}
