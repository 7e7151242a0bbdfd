import { DAY_MS, SECOND_MS } from './clock.js';
import { ApiError } from './errors.js';
import type { Fields, Refuse } from './fields.js';

const SCENE = /^[0-9A-Za-z!#$&'()*+,/:;=?@\-._~]+$/;
const SCENE_CHARACTERS_MAX = 32;
const PAGE = /^[\w-]+(\/[\w-]+)*$/;
const QUERY_CHARACTERS_MAX = 1_024;
const TITLE_CHARACTERS_MAX = 20;
const EXPIRY_DAYS_MAX = 30;
const EXPIRY_MS_MIN = 60 * SECOND_MS;
const VERSIONS = ['release', 'trial', 'develop'] as const;
/** Larger than any text that is looked at by another rule. */
const ANY = { min: 0, max: 100_000 };

export interface SharedPage {
  readonly path: string;
  readonly query: string;
  readonly version: (typeof VERSIONS)[number];
}

export interface CodeRead {
  readonly page: SharedPage;
  readonly scene: string;
  readonly isPageChecked: boolean;
  readonly width: number;
  readonly isTransparent: boolean;
}

export interface LinkRead {
  readonly page: SharedPage;
  readonly expiresAtMs: number;
}

/** Makes the error of a bad field, by the end of its place; a field of no list is an argument of the wrong type. */
function refusing(errcodes: Readonly<Record<string, number>>): Refuse {
  return (pointer, _value, issue) => {
    const name = pointer.slice(pointer.lastIndexOf('/') + 1);
    return new ApiError(errcodes[name] ?? 47001, `${pointer} ${issue}`);
  };
}

export const badCode = refusing({ scene: 40169, page: 41030, width: 40097, env_version: 40097, line_color: 40097 });
export const badLink = refusing({
  ...{ path: 40165, query: 40212, env_version: 85402, expire_type: 85401, expire_time: 85401, expire_interval: 85401 },
  ...{ page_url: 40066, page_title: 40225, jump_wxa: 40165 },
});

/** @throws ApiError with the errcode of the first thing that is wrong */
export function readCode(body: Fields): CodeRead {
  const scene = body.text('scene', { max: SCENE_CHARACTERS_MAX });
  if (!SCENE.test(scene)) throw new ApiError(40129, 'invalid scene');
  const flag = (name: string, missing: boolean): boolean => body.maybe(name, () => body.flag(name)) ?? missing;
  return {
    scene,
    page: {
      path: body.maybe('page', (name) => body.text(name, { max: 128, pattern: PAGE })) ?? 'pages/index/index',
      ...{ query: '', version: readVersion(body) },
    },
    isPageChecked: flag('check_path', true),
    width: body.maybe('width', (name) => body.integer(name, { min: 280, max: 1_280 })) ?? 430,
    isTransparent: flag('is_hyaline', false),
  };
}

export function readScheme(body: Fields): LinkRead {
  const page = readPage(body.object('jump_wxa'));
  const isExpiring = body.maybe('is_expire', (name) => body.flag(name)) ?? false;
  if (!isExpiring) throw new ApiError(85401, 'a scheme that never expires is not made any more');
  return { page, expiresAtMs: readExpiry(body) };
}

export function readUrlLink(body: Fields): LinkRead {
  return { page: readPage(body), expiresAtMs: readExpiry(body) };
}

export function readShortLink(body: Fields): { page: SharedPage; expiresAtMs: number | null } {
  const [path = '', query = ''] = body.text('page_url', { max: QUERY_CHARACTERS_MAX }).replace(/^\//, '').split('?');
  if (!PAGE.test(path)) throw new ApiError(40066, 'invalid url');
  body.text('page_title', { max: TITLE_CHARACTERS_MAX });
  const isPermanent = body.maybe('is_permanent', (name) => body.flag(name)) ?? false;
  return {
    page: { path, query, version: 'release' },
    expiresAtMs: isPermanent ? null : Date.now() + EXPIRY_DAYS_MAX * DAY_MS,
  };
}

function readPage(fields: Fields): SharedPage {
  const path = fields.text('path', ANY).replace(/^\//, '');
  if (!PAGE.test(path)) throw new ApiError(40165, 'invalid path');
  const query = fields.maybe('query', (name) => fields.text(name, { min: 0, max: QUERY_CHARACTERS_MAX })) ?? '';
  return { path, query, version: readVersion(fields) };
}

function readVersion(fields: Fields): SharedPage['version'] {
  return fields.maybe('env_version', (name) => fields.choice(name, VERSIONS)) ?? 'release';
}

function readExpiry(body: Fields): number {
  const type = body.maybe('expire_type', (name) => body.integer(name, { min: 0, max: 1 })) ?? 0;
  if (type === 1) return Date.now() + body.integer('expire_interval', { min: 1, max: EXPIRY_DAYS_MAX }) * DAY_MS;
  const leftMs = body.integer('expire_time', { min: 1 }) * SECOND_MS - Date.now();
  if (leftMs < EXPIRY_MS_MIN || leftMs > EXPIRY_DAYS_MAX * DAY_MS) throw new ApiError(85401, 'invalid expire time');
  return Date.now() + leftMs;
}
