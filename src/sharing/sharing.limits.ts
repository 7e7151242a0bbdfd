const MINUTE_SECONDS = 60;
const DAY_SECONDS = 86_400;

/** What is counted: codes, links by URL and scheme together, short links, and all that one person asks for. */
export type QuotaKind = 'CODE' | 'LINK' | 'SHORT_LINK' | 'PERSON';

/** How often WeChat may be asked within a window: its own figures (getwxacodeunlimit; URL Link and Scheme together; Short Link), and ours for one person. */
export const QUOTAS: Readonly<Record<QuotaKind, { readonly seconds: number; readonly callsMax: number }>> = {
  CODE: { seconds: MINUTE_SECONDS, callsMax: 5_000 },
  LINK: { seconds: DAY_SECONDS, callsMax: 500_000 },
  SHORT_LINK: { seconds: DAY_SECONDS, callsMax: 1_000_000 },
  PERSON: { seconds: DAY_SECONDS, callsMax: 100 },
};

/** How long WeChat and the storage together may take, each with its own deadline, before another request may make the thing. */
export const LEASE_SECONDS = 60;
/** How long nobody asks WeChat again after it has failed, unless it says otherwise. */
export const REST_SECONDS = 5;
/** How long a request waits for another one that makes the same thing, and how often it looks. */
export const WAIT_SECONDS = 15;
export const LOOK_MILLISECONDS = 100;
/** A link that is given out is good for at least so long. */
export const RENEW_BEFORE_SECONDS = 3 * DAY_SECONDS;

/** WeChat states no limit for the title of a card; more than two lines of it are cut off by the phone. */
export const CARD_TITLE_CHARACTERS_MAX = 28;
/** More of a Short Link's title is not shown. */
export const LINK_TITLE_CHARACTERS_MAX = 20;

/** What WeChat takes as the width of a code, in pixels; its own default is 430. */
export const CODE_WIDTH_MIN = 280;
export const CODE_WIDTH_MAX = 1_280;
export const CODE_WIDTHS = [280, 430, 640, CODE_WIDTH_MAX] as const;
export const CODE_WIDTH = 430;

/** A scene and its wrappings, however often it was percent-encoded. */
export const GIVEN_SCENE_CHARACTERS_MAX = 256;
/** How many scenes that do not exist an address may ask for within so many seconds; counted in each process. */
export const UNKNOWN_SCENES = { failuresMax: 100, seconds: 600 } as const;

/** How long links are kept after they have ended, and calls and counts after they were made. */
export const ENDED_LINKS_KEPT_DAYS = 30;
export const CALLS_KEPT_DAYS = 30;
