/** How WeChat's products call what names a person: openid, sp_openid, payer_openid, unionid, user_name, a telephone. */
const NAMES_A_PERSON = /openid|unionid|user_name|phone|mobile/i;

/** What is kept of a notification that nobody handles yet: all of it but what names a person, however deep it lies. */
export function withoutPeople(resource: unknown): unknown {
  if (Array.isArray(resource)) return resource.map(withoutPeople);
  if (typeof resource !== 'object' || resource === null) return resource;
  const kept = Object.entries(resource).filter(([name]) => !NAMES_A_PERSON.test(name));
  return Object.fromEntries(kept.map(([name, value]) => [name, withoutPeople(value)]));
}
