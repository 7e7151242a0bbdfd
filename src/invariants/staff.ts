import type { Invariant } from './invariant.js';

/** The last act of some kinds on each account of the staff, and the roles that it speaks of as JSON. */
function latest(...kinds: string[]): string {
  return `
    SELECT staff_id, kind, roles FROM (
      SELECT subject_id AS staff_id, kind, REPLACE(JSON_EXTRACT(facts_after, '$.roles'), ' ', '') AS roles,
        ROW_NUMBER() OVER (PARTITION BY subject_id ORDER BY id DESC) AS nth
      FROM audit_entry WHERE kind IN (${kinds.map((kind) => `'identity.staff${kind}'`).join(', ')})
    ) AS acts WHERE nth = 1`;
}

export const STAFF: readonly Invariant[] = [
  {
    number: 'INV-36',
    name: 'disabled-staff-have-no-session',
    holds: {
      zh: '被停用或尚未启用两步验证的员工没有可用的会话。',
      en: 'Somebody of the staff who is disabled, or has no second factor, has no session that could still be used.',
    },
    // Sessions end in machine time, which is the server's own.
    sql: `SELECT HEX(session.id) AS session FROM session JOIN staff ON staff.id = session.staff_id
          WHERE (staff.status = 'DISABLED' OR enrolled_at IS NULL) AND revoked_at IS NULL AND expires_at > NOW(3)`,
  },
  {
    number: 'INV-36',
    name: 'staff-stand-as-recorded',
    holds: {
      zh: '员工账号的停用、启用与角色和最近的变更记录一致。',
      en: 'An account of the staff is disabled, enrolled and has roles as the last entries of the audit trail say.',
    },
    sql: `SELECT HEX(staff.id) AS staff, 'status' AS what, COALESCE(kind, '') AS last_change FROM staff
          LEFT JOIN (${latest('Disabled', 'Enabled')}) AS latest ON latest.staff_id = staff.id
          WHERE (status = 'DISABLED') <> (COALESCE(kind, '') = 'identity.staffDisabled')
          UNION ALL SELECT HEX(staff.id), 'enrolment', COALESCE(kind, '') FROM staff
          LEFT JOIN (${latest('Added', 'Reset', 'Enrolled')}) AS latest ON latest.staff_id = staff.id
          WHERE (enrolled_at IS NOT NULL) <> (COALESCE(kind, '') = 'identity.staffEnrolled')
          UNION ALL SELECT HEX(staff.id), 'roles', COALESCE(kind, '') FROM staff
          LEFT JOIN (${latest('Added', 'RolesSet')}) AS latest ON latest.staff_id = staff.id
          LEFT JOIN (
            SELECT staff_id, CONCAT('["', GROUP_CONCAT(role ORDER BY role SEPARATOR '","'), '"]') AS roles FROM staff_role GROUP BY staff_id
          ) AS held ON held.staff_id = staff.id
          WHERE NOT (latest.roles <=> held.roles)`,
  },
  {
    number: 'INV-36',
    name: 'enrolled-staff-have-their-recovery-codes',
    holds: {
      zh: '已启用的员工拥有全部恢复码（含已用），其他人没有。',
      en: 'Whoever has enrolled has all recovery codes, used or not, and nobody else has any.',
    },
    sql: `SELECT HEX(staff.id) AS staff, COUNT(code_hash) AS codes FROM staff LEFT JOIN staff_recovery_code ON staff_id = staff.id
          GROUP BY staff.id, enrolled_at HAVING codes <> IF(enrolled_at IS NULL, 0, 10)`,
  },
];
