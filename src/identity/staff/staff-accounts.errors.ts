import type { Texts } from '#common';

/** There is no such account; the message names it. */
export class NoSuchStaff extends Error {
  override readonly name = 'NoSuchStaff';
}

/** Somebody logs in under this name already; the message names it. */
export class LoginNameTaken extends Error {
  override readonly name = 'LoginNameTaken';
}

/** An account cannot hold just these roles; the message says why, in both languages. */
export class RolesUnfit extends Error {
  override readonly name = 'RolesUnfit';

  constructor({ zh, en }: Texts) {
    super(`${zh} ${en}`);
  }
}
