import { plain } from './plain.kind.js';
import type { TeamKind, TeamKindName } from './team-kind.js';

/** Every kind of team that there is. */
export const TEAM_KINDS: Readonly<Record<TeamKindName, TeamKind>> = { PLAIN: plain };
