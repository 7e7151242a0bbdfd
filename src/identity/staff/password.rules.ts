/** NIST SP 800-63B-4 3.1.1.2: length is what makes a password hard to guess, so nothing is asked of its characters. Counted in code points. */
export const PASSWORD_CHARACTERS_MIN = 12;
export const PASSWORD_CHARACTERS_MAX = 128;

/** A password as it is hashed: the same whichever way a keyboard composes its characters (NFKC, NIST SP 800-63B-4 3.1.1.2). */
export function normalPassword(typed: string): string {
  return typed.normalize('NFKC');
}

/** Whether a password as it was typed is 12 to 128 characters long. */
export function isPasswordOfLength(typed: unknown): boolean {
  if (typeof typed !== 'string') return false;
  const { length } = Array.from(normalPassword(typed));
  return length >= PASSWORD_CHARACTERS_MIN && length <= PASSWORD_CHARACTERS_MAX;
}

/** Whether a password is what anybody would try first: the login name, once or several times over, in whatever case. */
export function isPasswordObvious(typed: string, loginName: string): boolean {
  return normalPassword(typed).toLowerCase().replaceAll(loginName, '') === '';
}
