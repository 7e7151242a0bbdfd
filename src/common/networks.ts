import { isIP } from 'node:net';
import { registerDecorator } from 'class-validator';

const PREFIX_BITS_MAX = { 4: 32, 6: 128 } as const;

/** The addresses and CIDR ranges of a list that is separated by commas; null if one of them is neither. */
export function parseNetworks(text: string): string[] | null {
  const networks = text
    .split(',')
    .map((network) => network.trim())
    .filter((network) => network !== '');
  return networks.every(isNetwork) ? networks : null;
}

function isNetwork(text: string): boolean {
  const [address = '', prefixBits, ...rest] = text.split('/');
  const version = isIP(address);
  if (version !== 4 && version !== 6) return false;
  if (prefixBits === undefined) return true;
  return rest.length === 0 && /^\d{1,3}$/.test(prefixBits) && Number(prefixBits) <= PREFIX_BITS_MAX[version];
}

/** Config check: a list of addresses and CIDR ranges, or an empty one. */
export function AreNetworks(): PropertyDecorator {
  return (target, propertyName) => {
    registerDecorator({
      name: 'areNetworks',
      target: target.constructor,
      propertyName: String(propertyName),
      options: { message: '$property must be addresses or CIDR ranges, separated by commas' },
      validator: { validate: (value: unknown) => typeof value === 'string' && parseNetworks(value) !== null },
    });
  };
}
