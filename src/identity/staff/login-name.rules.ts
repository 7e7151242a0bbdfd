/** Of the name that staff log in with. */
export const LOGIN_NAME_CHARACTERS_MAX = 32;
const LOGIN_NAME = /^[a-z][a-z0-9._-]{1,31}$/;

/** Names are compared in lower case, so `Kim` and `kim` are one person, and one person's attempts. */
export function plainLoginName(typed: string): string {
  return typed.trim().toLowerCase();
}

/** Whether a plain name can be an account's: 2 to 32 small letters, digits, dots, hyphens or underscores, a letter first. */
export function isLoginName(name: string): boolean {
  return LOGIN_NAME.test(name);
}
