import { describe, expect, it } from '@jest/globals';
import { parseNetworks } from '#common';

describe('the list of trusted proxies', () => {
  // prettier-ignore
  it.each<[text: string, networks: string[] | null]>([
    ['',                          []],
    ['10.0.0.1',                  ['10.0.0.1']],
    [' 10.0.0.0/8 , 2001:db8::/32,', ['10.0.0.0/8', '2001:db8::/32']],
    ['10.0.0.0/33',               null],
    ['10.0.0.0/',                 null],
    ['10.0.0.0/8/8',              null],
    ['2001:db8::/129',            null],
    ['proxy.example',             null],
    ['true',                      null],
  ])('%p is read as %j', (text, networks) => {
    expect(parseNetworks(text)).toEqual(networks);
  });
});
