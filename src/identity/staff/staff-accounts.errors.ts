import type { Texts } from '#common';

/** There is no such account, or there is one already; the message says which. */
export class NoSuchStaff extends Error {
  override readonly name = 'NoSuchStaff';
}

/** An account cannot hold just these roles; the message says why, in both languages. */
export class RolesUnfit extends Error {
  override readonly name = 'RolesUnfit';

  constructor({ zh, en }: Texts) {
    super(`${zh} ${en}`);
  }
}
