import { plainToInstance } from 'class-transformer';
import { validate } from 'class-validator';
import { describe, expect, it } from '@jest/globals';
import { DeliveryInput } from '#orders';
import { deliveryOf } from '../../src/cli/replay/addresses.js';

const CUSTOMERS = Array.from({ length: 500 }, (_, index) => String(12_346 + index));

describe('where a customer of the history has things sent', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(deliveryOf(1, '13085')).toEqual(deliveryOf(1, '13085'));
    expect(deliveryOf(2, '13085')).not.toEqual(deliveryOf(1, '13085'));
  });

  it('differs between customers, as often as people and houses do', () => {
    const addresses = CUSTOMERS.map((customer) => JSON.stringify(deliveryOf(1, customer)));
    expect(new Set(addresses).size).toBe(CUSTOMERS.length);
    expect(new Set(CUSTOMERS.map((customer) => deliveryOf(1, customer).address.district)).size).toBe(10);
  });

  it('is an address that the shop takes, with a phone number that is nobody’s', async () => {
    for (const customer of CUSTOMERS) {
      const delivery = deliveryOf(1, customer);
      expect(await validate(plainToInstance(DeliveryInput, delivery))).toEqual([]);
      expect(delivery.address.phone).toMatch(/^154\d{8}$/);
    }
  });
});
