import { randomBytes } from 'node:crypto';
import { CallQuota } from './call-quota.js';
import { SECOND_MS } from './clock.js';
import { ApiError } from './errors.js';
import type { LinkRead, SharedPage } from './share.inputs.js';
import type { Store, Table } from './store.js';

const MINUTE_MS = 60 * SECOND_MS;

/** What WeChat allows, and what of the mini-program it knows. */
export interface ShareTerms {
  /** Whether a version of the mini-program is released. */
  readonly isReleased: boolean;
  /** The pages of that version; null if it has any page that is asked for. */
  readonly pages: readonly string[] | null;
  readonly codesPerMinute: number;
  readonly linksPerSecond: number;
  readonly linksPerDay: number;
  readonly shortLinksPerDay: number;
}

/** The figures of `wechat.md` 1.4 and 1.5. */
const TERMS: ShareTerms = {
  isReleased: true,
  pages: null,
  codesPerMinute: 5_000,
  linksPerSecond: 100,
  linksPerDay: 500_000,
  shortLinksPerDay: 1_000_000,
};

export type MadeKind = 'code' | 'scheme' | 'url_link' | 'short_link';

/** One code or link that was made. */
export interface Made extends SharedPage {
  readonly kind: MadeKind;
  /** What a code carries; null of a link. */
  readonly scene: string | null;
  readonly link: string | null;
  readonly expiresAtMs: number | null;
}

/** Codes and links as WeChat makes them: within its quotas, for pages that there are. */
export class Shares {
  terms: ShareTerms = TERMS;
  readonly #made: Table<Made>;
  readonly #codes = new CallQuota(MINUTE_MS);
  readonly #linksNow = new CallQuota(SECOND_MS);
  readonly #linksToday = new CallQuota();
  readonly #shortLinksToday = new CallQuota();

  constructor(store: Store) {
    this.#made = store.table('shares');
  }

  /** Everything that was made, oldest first. */
  get all(): readonly Made[] {
    return Array.from(this.#made.values());
  }

  /** @throws ApiError 45009 beyond the quota, 41030 for a page that is not released */
  code(page: SharedPage, scene: string, isPageChecked: boolean): void {
    if (!this.#codes.allows(this.terms.codesPerMinute)) throw new ApiError(45009, 'reach max api minute quota limit');
    if (isPageChecked && !this.#has(page)) throw new ApiError(41030, 'invalid page');
    this.#keep({ ...page, kind: 'code', scene, link: null, expiresAtMs: null });
  }

  /**
   * A new link; each has its own.
   *
   * @throws ApiError 44990 and 44993 beyond the quotas, 85079 without a release, 40165 for a page that it has not
   */
  link(kind: 'scheme' | 'url_link', { page, expiresAtMs }: LinkRead): string {
    if (!this.#linksNow.allows(this.terms.linksPerSecond)) throw new ApiError(44990, 'reach max api second limit');
    if (!this.#linksToday.allows(this.terms.linksPerDay)) throw new ApiError(44993, 'reach max api day limit');
    this.#checkReleased(page, 40165);
    const ticket = randomBytes(8).toString('hex');
    const link = kind === 'scheme' ? `weixin://dl/business/?t=${ticket}` : `https://wxaurl.cn/${ticket}`;
    this.#keep({ ...page, kind, scene: null, link, expiresAtMs });
    return link;
  }

  /** @throws ApiError 45009 beyond the quota, 85079 without a release, 40066 for a page that it has not */
  shortLink(page: SharedPage, expiresAtMs: number | null): string {
    if (!this.#shortLinksToday.allows(this.terms.shortLinksPerDay)) throw new ApiError(45009, 'reach max api limit');
    this.#checkReleased(page, 40066);
    const link = `#小程序://好团/${randomBytes(8).toString('base64url')}`;
    this.#keep({ ...page, kind: 'short_link', scene: null, link, expiresAtMs });
    return link;
  }

  #checkReleased(page: SharedPage, errcode: number): void {
    if (!this.terms.isReleased) throw new ApiError(85079, 'miniprogram has no online release');
    if (!this.#has(page)) throw new ApiError(errcode, 'invalid page');
  }

  #has({ path }: SharedPage): boolean {
    return this.terms.isReleased && (this.terms.pages?.includes(path) ?? true);
  }

  #keep(made: Made): void {
    this.#made.put(String(this.#made.size + 1), made);
  }
}
