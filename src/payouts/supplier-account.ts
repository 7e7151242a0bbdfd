import { ObjectType } from '@nestjs/graphql';
import type { SupplierId } from '#catalog';

@ObjectType({ description: 'What the shop and a supplier owe each other.' })
export class SupplierAccount {
  readonly supplierId: SupplierId;

  constructor(supplierId: SupplierId) {
    this.supplierId = supplierId;
  }
}
