import { Field, Int, ObjectType } from '@nestjs/graphql';
import type { SupplierId } from '#catalog';
import { Minor } from '#common';

@ObjectType({ description: 'What a supplier has earned in a quarter, as it is to be reported.' })
export class SupplierIncome {
  readonly supplierId: SupplierId;

  @Field(() => Int, { description: 'How many orders were settled.' })
  readonly orders: number;

  @Field(() => Minor, { description: 'What buyers had paid for them and not got back by then, in minor units.' })
  readonly grossMinor: number;

  @Field(() => Minor, { description: 'The shop’s commission on them, in minor units.' })
  readonly commissionMinor: number;

  @Field(() => Minor, { description: 'What of earlier earnings went back to buyers in the quarter, in minor units.' })
  readonly returnedMinor: number;

  @Field(() => Minor, {
    description: 'What the supplier got of the quarter’s orders, less `returnedMinor`, in minor units.',
  })
  readonly incomeMinor: number;

  @Field(() => String, { description: 'ISO 4217 code of the amounts’ currency.' })
  readonly currency: string;

  constructor(row: Omit<SupplierIncome, 'incomeMinor'> & { readonly settledMinor: number }) {
    this.supplierId = row.supplierId;
    this.orders = row.orders;
    this.grossMinor = row.grossMinor;
    this.commissionMinor = row.commissionMinor;
    this.returnedMinor = row.returnedMinor;
    this.incomeMinor = row.settledMinor - row.returnedMinor;
    this.currency = row.currency;
  }
}
