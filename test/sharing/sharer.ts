import type { Client } from '../support/client.js';
import type { Shop } from '../support/shop.js';

export interface Thing {
  readonly targetType: 'PRODUCT' | 'TEAM';
  readonly targetId: string;
}

export interface SceneAnswer {
  readonly __typename: string;
  readonly message?: string;
  readonly scene: string;
  readonly card: CardAnswer;
}

export interface CardAnswer {
  readonly title: string;
  readonly path: string;
  readonly scene: string | null;
  readonly priceMinor: number | null;
  readonly currency: string | null;
  readonly isOpen: boolean;
  readonly image: { readonly url: string } | null;
}

export interface MadeAnswer {
  readonly __typename: string;
  readonly message?: string;
  readonly retryAfterSeconds?: number;
  readonly url: string;
  readonly scene: string;
  readonly width: number;
  readonly kind: string;
  readonly expiresAt: string;
}

export interface BehindAnswer {
  readonly __typename: string;
  readonly targetType: string;
  readonly targetId: string;
  readonly path: string;
  readonly isOpen: boolean;
}

export const CARD = 'title path scene priceMinor currency isOpen image { url(width: 800, format: JPEG) }';
const SCENE = `mutation ($input: ShareTargetInput!) { shareSceneCreate(input: $input) {
  __typename ... on ShareScene { scene card { ${CARD} } } ... on Refusal { message } } }`;
const LATER = '... on ShareTryLater { retryAfterSeconds } ... on ShareLimitReached { retryAfterSeconds }';
export const CODE = `mutation ($input: ShareCodeInput!) { shareCodeCreate(input: $input) {
  __typename ... on ShareCode { url width scene } ... on Refusal { message } ${LATER} } }`;
const LINK = `mutation ($input: ShareLinkInput!) { shareLinkCreate(input: $input) {
  __typename ... on ShareLink { kind url expiresAt scene } ... on Refusal { message } ${LATER} } }`;
export const RESOLVE = `query ($scene: String!) { sceneResolve(scene: $scene) {
  __typename ... on SharedTarget { targetType targetId path isOpen } ... on Refusal { message } } }`;

export const share = (phone: Client, thing: Thing): Promise<SceneAnswer> => phone.ask(SCENE, { input: thing });
export const codeOf = (phone: Client, thing: Thing, width?: number): Promise<MadeAnswer> =>
  phone.ask(CODE, { input: { ...thing, width } });
export const linkTo = (phone: Client, thing: Thing, kind = 'URL_LINK'): Promise<MadeAnswer> =>
  phone.ask(LINK, { input: { ...thing, kind } });
export const behind = (client: Client, scene: string): Promise<BehindAnswer> => client.ask(RESOLVE, { scene });

/** What WeChat has made, as it says itself. */
export interface BookedShare {
  readonly kind: string;
  readonly scene: string | null;
  readonly path: string;
  readonly query: string;
  readonly link: string | null;
}

export async function bookedShares(shop: Shop): Promise<BookedShare[]> {
  const response = await fetch(`${shop.emulator.url}/emulator/books/shares`);
  return (await response.json()) as BookedShare[];
}
