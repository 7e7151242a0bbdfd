/**
 * An SQL condition: neither of two people has blocked the other. For each row it reads one entry of an index in each direction, however
 * many people have blocked the viewer, so it may stand in a query that is asked often.
 *
 * @param viewer the viewer’s id as the query writes it: a column or a parameter; it stands there twice
 * @param other the other person’s id, in the same way
 * @example `WHERE team.status = 'FORMING' AND ${notBlocked(':viewer', 'team.opened_by_id')}`
 */
export function notBlocked(viewer: string, other: string): string {
  return `${noBlock(viewer, other)} AND ${noBlock(other, viewer)}`;
}

/** Not as NOT EXISTS: MariaDB would first gather everybody who has blocked the viewer, which nothing limits (20,000 of them took 6 ms instead of 0.5). */
function noBlock(by: string, whom: string): string {
  return `(SELECT 1 FROM user_block WHERE user_id = ${by} AND blocked_id = ${whom} LIMIT 1) IS NULL`;
}
