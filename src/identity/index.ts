export { IdentityModule } from './identity.module.js';
export { IdentityService } from './identity.service.js';
export { Session } from './session.entity.js';
export { User, type UserId } from './user.entity.js';
export { Allow, CurrentViewer, MaybeViewer, type Viewer } from './viewer.js';
