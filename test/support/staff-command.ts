import { SuppliersService } from '#catalog';
import { StaffAccountsService } from '#identity';
import { readOptions } from '../../src/cli/staff/options.js';
import { decideStaff } from '../../src/cli/staff/run.js';
import type { Shop } from './shop.js';

/** What `npm run staff -- …` prints on a shop's server, line by line. */
export function staffCommand(shop: Shop, ...args: string[]): Promise<string[]> {
  const desks = { accounts: shop.get(StaffAccountsService), suppliers: shop.get(SuppliersService) };
  return decideStaff(desks, readOptions(args), 'command:root');
}
