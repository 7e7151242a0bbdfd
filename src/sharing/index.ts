export { ShareArtifact } from './artifact.entity.js';
export { ShareScene } from './scene.entity.js';
export { cardOf, ShareCard } from './share-card.js';
export { type ShareSubject, ShareTarget, ShareTargets, type ShareTargetType } from './share-target.js';
export { CALLS_KEPT_DAYS, ENDED_LINKS_KEPT_DAYS } from './sharing.limits.js';
export { ownSceneOfTarget } from './sharing.loaders.js';
export { SharingModule } from './sharing.module.js';
