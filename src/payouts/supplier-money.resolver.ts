import { Args, ArgsType, Field, ID, Int, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { IsInt, Max, Min } from 'class-validator';
import { Supplier, supplierById, type SupplierId } from '#catalog';
import { connectionOf, IdPipe, type Load, Loader, Minor, OptionalIdPipe, type Page, PageArgs } from '#common';
import { Allow, CurrentSupplierId } from '#identity';
import { type Account, balanceOfAccount } from '#ledger';
import { type OrderId, Settlement, settlementOfOrder, SupplierEntry } from '#orders';
import { SupplierIncome } from './income.js';
import { Payout } from './payout.entity.js';
import { type StatementId, SupplierStatement } from './statement.entity.js';
import { StatementsService } from './statements.service.js';
import { SupplierAccount } from './supplier-account.js';
import { SupplierMoneyService } from './supplier-money.service.js';

const SupplierAccountConnection = connectionOf(SupplierAccount);
const StatementConnection = connectionOf(SupplierStatement);
const EntryConnection = connectionOf(SupplierEntry);
const IncomeConnection = connectionOf(SupplierIncome);

const ONLY_OF_STATEMENT = { type: () => ID, nullable: true, description: 'Only those that this statement sums.' };

type Balances = Load<Account, number>;

@ArgsType()
class QuarterArgs extends PageArgs {
  @IsInt()
  @Min(2_000)
  @Max(2_099)
  @Field(() => Int, { description: 'The year, 2000 to 2099.' })
  year: number;

  @IsInt()
  @Min(1)
  @Max(4)
  @Field(() => Int, { description: 'The quarter of it, 1 to 4.' })
  quarter: number;
}

/** What is owed to suppliers and why, and what they have earned. */
@Resolver(() => SupplierAccount)
export class SupplierMoneyResolver {
  constructor(
    private readonly money: SupplierMoneyService,
    private readonly statements: StatementsService,
  ) {}

  @Allow('FINANCE')
  @Query(() => SupplierAccountConnection, { description: 'What every supplier is owed. For FINANCE.' })
  supplierAccounts(@Args() page: PageArgs): Promise<Page<SupplierAccount>> {
    return this.money.accounts(page);
  }

  @Allow('SUPPLIER')
  @Query(() => SupplierAccount, {
    description: 'What the supplier that one works for is owed. For SUPPLIER.',
  })
  ownAccount(@CurrentSupplierId() id: SupplierId): SupplierAccount {
    return new SupplierAccount(id);
  }

  @Allow('FINANCE')
  @Query(() => IncomeConnection, {
    description:
      'What every supplier has earned in a quarter in the shop’s time zone, as platforms report it (State Council decree 810 of 2025). For FINANCE.',
  })
  supplierIncomes(@Args() { year, quarter, ...page }: QuarterArgs): Promise<Page<SupplierIncome>> {
    return this.money.incomes(year, quarter, page);
  }

  @Allow('FINANCE')
  @Query(() => StatementConnection, { description: 'The statements of a supplier, the last first. For FINANCE.' })
  supplierStatements(
    @Args('supplierId', { type: () => ID, description: 'Which supplier.' }, new IdPipe('supplier')) id: SupplierId,
    @Args() page: PageArgs,
  ): Promise<Page<SupplierStatement>> {
    return this.statements.page(id, page);
  }

  @Allow('SUPPLIER')
  @Query(() => StatementConnection, {
    description: 'The statements of the supplier that one works for, the last first. For SUPPLIER.',
  })
  ownStatements(@CurrentSupplierId() id: SupplierId, @Args() page: PageArgs): Promise<Page<SupplierStatement>> {
    return this.statements.page(id, page);
  }

  @Allow('FINANCE')
  @Query(() => EntryConnection, {
    description: 'What changed what a supplier is owed, the last first. For FINANCE.',
  })
  async supplierEntries(
    @Args('supplierId', { type: () => ID, description: 'Which supplier.' }, new IdPipe('supplier')) id: SupplierId,
    @Args() page: PageArgs,
    @Args('statementId', ONLY_OF_STATEMENT, new OptionalIdPipe('statement')) statementId: StatementId | null,
  ): Promise<Page<SupplierEntry>> {
    return this.money.entries(id, page, statementId && (await this.statements.of(id, statementId)));
  }

  @Allow('SUPPLIER')
  @Query(() => EntryConnection, {
    description: 'What changed what the supplier that one works for is owed, the last first. For SUPPLIER.',
  })
  async ownEntries(
    @CurrentSupplierId() id: SupplierId,
    @Args() page: PageArgs,
    @Args('statementId', ONLY_OF_STATEMENT, new OptionalIdPipe('statement')) statementId: StatementId | null,
  ): Promise<Page<SupplierEntry>> {
    return this.money.entries(id, page, statementId && (await this.statements.of(id, statementId)));
  }
}

/** The parts of a supplier's account. Whoever gets the account may see them. */
@Resolver(() => SupplierAccount)
export class SupplierAccountResolver {
  @ResolveField(() => Supplier, { description: 'Whose it is.' })
  supplier(
    @Parent() { supplierId }: SupplierAccount,
    @Loader(supplierById) load: Load<SupplierId, Supplier>,
  ): Promise<Supplier> {
    return load(supplierId);
  }

  @ResolveField(() => Minor, {
    description: 'What is owed, in minor units; negative if the supplier owes for refunds.',
  })
  owedMinor(@Parent() { supplierId }: SupplierAccount, @Loader(balanceOfAccount) load: Balances): Promise<number> {
    return load(`supplier:${supplierId}:payable`);
  }

  @ResolveField(() => Minor, {
    description: 'What is set aside for a payout that is not transferred yet, in minor units.',
  })
  payingMinor(@Parent() { supplierId }: SupplierAccount, @Loader(balanceOfAccount) load: Balances): Promise<number> {
    return load(`supplier:${supplierId}:paying`);
  }
}

/** Why an order brought what it brought. */
@Resolver(() => SupplierEntry)
export class SupplierEntryResolver {
  @ResolveField(() => Settlement, { nullable: true, description: 'How its order was settled; null for payouts.' })
  async settlement(
    @Parent() { orderId }: SupplierEntry,
    @Loader(settlementOfOrder) load: Load<OrderId, Settlement | null>,
  ): Promise<Settlement | null> {
    return orderId && load(orderId);
  }
}

/** To whom money is paid, or who has earned it. */
@Resolver(() => Payout)
export class SupplierOfPayoutResolver {
  @ResolveField(() => Supplier, { description: 'To whom.' })
  supplier(
    @Parent() { supplierId }: Payout,
    @Loader(supplierById) load: Load<SupplierId, Supplier>,
  ): Promise<Supplier> {
    return load(supplierId);
  }
}

@Resolver(() => SupplierIncome)
export class SupplierOfIncomeResolver {
  @ResolveField(() => Supplier, { description: 'Who.' })
  supplier(
    @Parent() { supplierId }: SupplierIncome,
    @Loader(supplierById) load: Load<SupplierId, Supplier>,
  ): Promise<Supplier> {
    return load(supplierId);
  }
}
