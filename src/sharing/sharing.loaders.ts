import { In } from 'typeorm';
import { defineOwnLoader, type Id, idBytes } from '#common';
import { viewerOf } from '#identity';
import { ShareScene } from './scene.entity.js';

/** The scene under which whoever asks shares each thing; null where there is none yet. */
export const ownSceneOfTarget = defineOwnLoader(async (db, ids: readonly Id[], { request }) => {
  const viewer = viewerOf(request);
  if (!viewer) return ids.map(() => null);
  const scenes = await db.findBy(ShareScene, { makerId: viewer.id, targetId: In(ids.map(idBytes)) });
  const codes = new Map(scenes.map(({ targetId, code }) => [targetId.toString('hex'), code]));
  return ids.map((id) => codes.get(idBytes(id).toString('hex')) ?? null);
});
