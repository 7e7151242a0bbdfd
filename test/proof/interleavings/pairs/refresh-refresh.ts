import { randomUUID } from 'node:crypto';
import { SessionRenewal } from '../../../../src/identity/session-renewal.service.js';
import { SessionsService } from '../../../../src/identity/sessions.service.js';
import type { Pair } from '../pair.js';

const ADDRESS = '192.0.2.7';

export const refreshRefresh: Pair = {
  name: 'one phone that refreshes its session twice with one token',
  prepare: async ({ shop }) => {
    const [person] = await shop.people(1);
    const sessions = shop.get(SessionsService);
    const drawn = sessions.draw();
    await sessions.open(shop.source.manager, drawn, { userId: person! }, randomUUID());
    const refresh = () => shop.get(SessionRenewal).refresh(drawn.secret.token, ADDRESS);
    return { people: { person: person! }, goods: null, works: [refresh, refresh] };
  },
  ends: [{ answers: ['Login', 'Login'], rows: ['session of person stands rotated'] }],
};
