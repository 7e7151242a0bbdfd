import { UseInterceptors } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { RefusalsAsResults } from '#common';
import { Allow, ClientAddress, CurrentViewer, type Viewer } from '#identity';
import { AccountEraseInput } from './erasure.inputs.js';
import { type AccountErased, AccountEraseResult } from './erasure.refusals.js';
import { ErasureService } from './erasure.service.js';

@Resolver()
@UseInterceptors(RefusalsAsResults)
export class ErasureResolver {
  constructor(private readonly erasure: ErasureService) {}

  @Allow('BUYER')
  @Mutation(() => AccountEraseResult, {
    description: 'Erase one’s account for good, at once. Whoever logs in with the same WeChat later is somebody new.',
  })
  accountErase(
    @CurrentViewer() { id }: Viewer,
    @ClientAddress() address: string,
    @Args('input', { description: 'That one means it, and has the phone.' }) input: AccountEraseInput,
  ): Promise<AccountErased> {
    return this.erasure.erase(id, input, address);
  }
}
