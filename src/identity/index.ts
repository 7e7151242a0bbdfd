export { activeAmong, holdAccount, keepsAccount, lockAccount, lockIfActive } from './account-standing.js';
export { notBlocked } from './block.queries.js';
export { CannotBlockOneself, TooManyBlocks } from './block.refusals.js';
export { BLOCKS_MAX, BlocksService, LIFTED_BLOCKS_KEPT_DAYS } from './blocks.service.js';
export { ClientAddress, networkOf } from './client-address.js';
export { FailureLimit } from './failure-limit.js';
export { LoginCodeInvalid, TooManyAttempts, tooManyAttempts } from './identity.refusals.js';
export { Address, ADDRESS_SEALS, type AddressId } from './contact/address.entity.js';
export { ADDRESSES_MAX } from './contact/address.rules.js';
export { AddressesService, REMOVED_ADDRESSES_KEPT_DAYS } from './contact/addresses.service.js';
export { DeliveryAddressInput } from './contact/delivery-address.input.js';
export { DeliveryAddress } from './contact/delivery-address.js';
export { maskedAddress, wholeAddress } from './contact/delivery-address.rules.js';
export { IdentityModule } from './identity.module.js';
export { IdentityService } from './identity.service.js';
export { purgeLiftedBlocks, purgeRemovedAddresses, purgeSessions } from './identity.worker.js';
export { LeavingPeopleService } from './leaving-people.service.js';
export { maskName, namelessIn } from './name.rules.js';
export { PeopleService } from './people.service.js';
export { ProfilesService } from './profiles.service.js';
export { Session } from './session.entity.js';
export { SESSIONS_KEPT_DAYS } from './sessions.service.js';
export { LiftedBlock, UserBlock, type UserBlockId } from './user-block.entity.js';
export { isLoginName, plainLoginName } from './staff/login-name.rules.js';
export { staffRolesSet } from './staff/staff.acts.js';
export { StaffRecoveryCode } from './staff/staff-recovery-code.entity.js';
export { StaffRoleGrant } from './staff/staff-role-grant.entity.js';
export { isStaffRole, SHOP_ROLES, type ShopRole, STAFF_ROLES, type StaffRole } from './staff/staff-role.js';
export { LoginNameTaken, NoSuchStaff, RolesUnfit } from './staff/staff-accounts.errors.js';
export { type Invitation, StaffAccountsService } from './staff/staff-accounts.service.js';
export { Staff, STAFF_SEALS, type StaffId } from './staff/staff.entity.js';
export { User, USER_SEALS, type UserId } from './user.entity.js';
export {
  Allow,
  type Caller,
  isAllowed,
  callerOf,
  CurrentStaff,
  CurrentSupplierId,
  CurrentViewer,
  isStaff,
  MaybeCaller,
  MaybeViewer,
  type StaffViewer,
  unauthenticated,
  type Viewer,
  viewerOf,
} from './viewer.js';
export { Viewers } from './viewers.js';
