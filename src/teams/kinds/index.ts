import { plain } from './plain.kind.js';
import type { TeamKind } from './team-kind.js';
import type { TeamKindName } from './team-kind-name.js';

/** Every kind of team that there is. */
export const TEAM_KINDS: Readonly<Record<TeamKindName, TeamKind>> = { PLAIN: plain };
