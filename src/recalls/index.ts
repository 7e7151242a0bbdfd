export { Recall, type RecallId } from './recall.entity.js';
export { RecallItem } from './recall-item.entity.js';
export { RecallWork } from './recall-work.js';
export { RecallsModule } from './recalls.module.js';
