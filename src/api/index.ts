export { ApiModule } from './api.module.js';
export { guardGraphqlDoor } from './graphql-door.js';
export { answerError, answerRouteErrors, answerUnreadable, HttpErrorFilter } from './http-errors.js';
export { SocketDoor } from './socket-door.js';
export { InputPipe } from './input.pipe.js';
