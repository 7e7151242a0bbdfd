export type { ApiContext } from './api-context.js';
export type { ApiRequest } from './api-request.js';
export {
  type Act,
  type ActKind,
  type Actor,
  AuditTrail,
  type Decision,
  defineAct,
  type Facts,
  isActKind,
} from './audit-trail.js';
export { type CalendarDate, dateIn, startOfDay } from './calendar.js';
export { ClientConfig, SubscribeTemplate } from './client-config.js';
export { parseTemplates, type TemplateSetting } from './client-settings.js';
export { BusinessTime, businessTimeBy, MachineClock, secondsAfter, SimulatedBusinessTime } from './clock.js';
export { CommonModule } from './common.module.js';
export { Config, isLoopback, readConfig } from './config.js';
export { type ConsentPurpose, ConsentMissing, Consents } from './consents.js';
export { isConnectionLost, isDuplicate } from './database-errors.js';
export { Idempotency } from './idempotency.js';
export {
  type Id,
  idBytes,
  IdColumn,
  idFromBytes,
  IdPipe,
  idSuffix,
  isId,
  IsId,
  newId,
  OptionalIdPipe,
  prefixIn,
  prefixOf,
} from './id.js';
export { checkDay, IsDay } from './day.js';
export { type Language, languageOf, type Texts } from './language.js';
export {
  businessNow,
  defineLoader,
  defineOwnLoader,
  groupInOrder,
  type Load,
  Loader,
  type LoaderContext,
  MOMENT,
  oneInOrder,
} from './loader.js';
export { MaxCharacters } from './max-characters.js';
export { Metrics } from './metrics.js';
export { type Currency, Minor, MinorColumn, shareOf, sumMinor, yuan } from './money.js';
export { parseNetworks } from './networks.js';
export {
  connectionOf,
  type CursorKey,
  decodeCursor,
  decodeIdCursor,
  foreignCursor,
  type Page,
  PageArgs,
  pageOf,
} from './paging.js';
export {
  type Holding,
  inPages,
  type OpenMatter,
  pagesOf,
  type PersonalRecord,
  PERSONAL_PAGE,
  PersonalData,
  PersonalDataHolders,
  type PersonId,
} from './personal-data.js';
export { LegalBasis, OpenMatterKind, Purpose } from './purposes.js';
export { Reason, REASON_CHARACTERS_MAX } from './reason.js';
export { orRefuse, Refusal, RefusalsAsResults, refuse, Refused } from './refusal.js';
export { RepeatableInput } from './repeatable-input.js';
export { badInput, type FieldMistake, notFound, RequestError } from './request-error.js';
export { Sealed, SealedColumn, type SealedPlace, sealedPlaces } from './sealed.js';
export { shortened } from './shortened.rules.js';
export { SnakeCase } from './naming.js';
export { type LookAt, Looks } from './looks.js';
export { move, moveAll, type StateMachine, stateMachine, tryMove } from './state-machine.js';
export { OutcomeUnknown, Transactor } from './transactor.js';
export { SealBroken, Vault } from './vault.js';
