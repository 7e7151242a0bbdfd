import { GIVEN_SCENE_CHARACTERS_MAX } from './sharing.limits.js';

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** 62^10 is more than 10^17: among a hundred million scenes one guess in ten billion finds one. WeChat takes 32 characters, so 22 are left for what others may add. */
export const SCENE_CHARACTERS = 10;
/** What a mini-program code can carry: getwxacodeunlimit. */
const CARRIED = /^[0-9A-Za-z!#$&'()*+,/:;=?@\-._~]{1,32}$/;

/**
 * A new code of a scene.
 *
 * @param draw gives a random whole number from 0 up to its argument, and never that itself
 */
export function newSceneCode(draw: (below: number) => number): string {
  return Array.from({ length: SCENE_CHARACTERS }, () => BASE62.charAt(draw(BASE62.length))).join('');
}

/**
 * The scene in what a page was given: as it is, percent-encoded once or twice, alone or as `scene` of a query.
 *
 * @returns null if no code can carry it
 */
export function readScene(given: string): string | null {
  if (given.length > GIVEN_SCENE_CHARACTERS_MAX) return null;
  const opened = decoded(decoded(given.trim()));
  const [, named = opened] = /(?:^|[?&])scene=([^&]*)/.exec(opened) ?? [];
  return CARRIED.test(named) ? named : null;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return ''; // The way in which it refuses what nobody has encoded; no scene is empty.
  }
}

/** The query with which the page of a thing opens. */
export function queryOf(targetId: string, scene: string | null): string {
  return scene === null ? `id=${targetId}` : `id=${targetId}&scene=${scene}`;
}
