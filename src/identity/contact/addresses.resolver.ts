import { UseInterceptors } from '@nestjs/common';
import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { RefusalsAsResults } from '#common';
import { Allow, CurrentViewer, type Viewer } from '../viewer.js';
import { Address } from './address.entity.js';
import { AddressAddInput, AddressChangeInput, AddressInput } from './address.inputs.js';
import { AddressAddResult } from './address.refusals.js';
import { ADDRESSES_MAX } from './address.rules.js';
import { AddressesService } from './addresses.service.js';
import { DeliveryAddress } from './delivery-address.js';
import { wholeAddress } from './delivery-address.rules.js';

@Resolver(() => Address)
@UseInterceptors(RefusalsAsResults)
export class AddressesResolver {
  constructor(private readonly book: AddressesService) {}

  @Allow('BUYER')
  @Query(() => [Address], {
    description: `One’s own addresses, ${ADDRESSES_MAX} at most: the default, then the newest first.`,
  })
  addresses(@CurrentViewer() viewer: Viewer): Promise<Address[]> {
    return this.book.of(viewer.id);
  }

  @Allow('BUYER')
  @Mutation(() => AddressAddResult, { description: 'Add an address to one’s address book.' })
  addressAdd(
    @CurrentViewer() viewer: Viewer,
    @Args('input', { description: 'The address.' }) input: AddressAddInput,
  ): Promise<Address> {
    return this.book.add(viewer.id, input);
  }

  @Allow('BUYER')
  @Mutation(() => Address, {
    description: 'Change an address. Orders that were placed before stay as they are. Repeating it changes nothing.',
  })
  addressChange(
    @CurrentViewer() viewer: Viewer,
    @Args('input', { description: 'Which address, and what about it.' }) input: AddressChangeInput,
  ): Promise<Address> {
    return this.book.change(viewer.id, input);
  }

  @Allow('BUYER')
  @Mutation(() => Address, { description: 'Make an address the default. Repeating it changes nothing.' })
  addressMakeDefault(
    @CurrentViewer() viewer: Viewer,
    @Args('input', { description: 'Which address.' }) { addressId }: AddressInput,
  ): Promise<Address> {
    return this.book.makeDefault(viewer.id, addressId);
  }

  @Allow('BUYER')
  @Mutation(() => Boolean, {
    description:
      'Remove an address; if it was the default, the newest of the others is from now on. True if it stood until now, false if it had been removed before.',
  })
  addressRemove(
    @CurrentViewer() viewer: Viewer,
    @Args('input', { description: 'Which address.' }) { addressId }: AddressInput,
  ): Promise<boolean> {
    return this.book.remove(viewer.id, addressId);
  }

  @ResolveField(() => String, { nullable: true, description: 'What one calls it; null if one has not said.' })
  label(@Parent() entry: Address): string | null {
    return this.book.contentsOf(entry).label;
  }

  @ResolveField(() => DeliveryAddress, { description: 'Where it is, whole: nobody but oneself gets here.' })
  address(@Parent() entry: Address): DeliveryAddress {
    return wholeAddress(this.book.contentsOf(entry).address);
  }
}
