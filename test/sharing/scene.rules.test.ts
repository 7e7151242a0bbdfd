import { describe, expect, it } from '@jest/globals';
import { newSceneCode, queryOf, readScene, SCENE_CHARACTERS } from '../../src/sharing/scene.rules.js';
import { GIVEN_SCENE_CHARACTERS_MAX } from '../../src/sharing/sharing.limits.js';

describe('the code of a new scene', () => {
  it('is made of what the draw gives, of 62 letters and digits', () => {
    const drawn = [0, 9, 10, 35, 36, 61, 0, 1, 2, 3];
    const below: number[] = [];
    const code = newSceneCode((limit) => {
      below.push(limit);
      return drawn[below.length - 1]!;
    });
    expect(code).toBe('09AZaz0123');
    expect(below).toEqual(Array<number>(SCENE_CHARACTERS).fill(62));
  });
});

describe('the scene in what a page was given', () => {
  // prettier-ignore
  it.each<[given: string, scene: string | null]>([
    ['aB3dE5fG7h',                          'aB3dE5fG7h'],
    ['  aB3dE5fG7h\n',                      'aB3dE5fG7h'],
    ['scene=aB3dE5fG7h',                    'aB3dE5fG7h'],
    ['scene%3DaB3dE5fG7h',                  'aB3dE5fG7h'],
    ['scene%253DaB3dE5fG7h',                'aB3dE5fG7h'],
    ['?scene=aB3dE5fG7h',                   'aB3dE5fG7h'],
    ['id=1&scene=aB3dE5fG7h&from=poster',   'aB3dE5fG7h'],
    ['id%3D1%26scene%3DaB3dE5fG7h',         'aB3dE5fG7h'],
    ['myscene=aB3dE5fG7h',                  'myscene=aB3dE5fG7h'],
    ['g=12&r=34',                           'g=12&r=34'],
    ["!#$&'()*+,/:;=?@-._~",                "!#$&'()*+,/:;=?@-._~"],
    ['a'.repeat(32),                        'a'.repeat(32)],
    ['a'.repeat(33),                        null],
    ['',                                    null],
    ['scene=',                              null],
    ['scene=&scene=aB3dE5fG7h',             null],
    ['100%',                                null],
    ['%E4%BD',                              null],
    ['%E4%BD%A0',                           null],
    ['%25E4%25BD%25A0',                     null],
    ['a b',                                 null],
    ['"',                                   null],
    ['a\nb',                                null],
  ])('%j is %j', (given, scene) => {
    expect(readScene(given)).toBe(scene);
  });

  it.each([
    [GIVEN_SCENE_CHARACTERS_MAX, 'aB3dE5fG7h'],
    [GIVEN_SCENE_CHARACTERS_MAX + 1, null],
  ])('is looked for in %i characters, but in no more', (length, scene) => {
    expect(readScene('&scene=aB3dE5fG7h'.padStart(length, 'x'))).toBe(scene);
  });
});

describe('the query of a page', () => {
  it.each([
    [null, 'id=team_1'],
    ['aB3dE5fG7h', 'id=team_1&scene=aB3dE5fG7h'],
  ])('names the thing and, if there is one, the scene: %j', (scene, query) => {
    expect(queryOf('team_1', scene)).toBe(query);
  });
});
