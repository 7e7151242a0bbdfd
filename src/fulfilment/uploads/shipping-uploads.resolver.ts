import { UseInterceptors } from '@nestjs/common';
import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { connectionOf, type Load, Loader, type Page, PageArgs, RefusalsAsResults } from '#common';
import { Allow, CurrentStaff, type StaffViewer } from '#identity';
import { type CheckoutId, type Order, type OrderId, ordersOfCheckout } from '#orders';
import { ShippingUpload, ShippingUploadStatus } from './shipping-upload.entity.js';
import { ShippingUploadsService } from './shipping-uploads.service.js';
import { ShippingUploadRetryInput } from './upload.inputs.js';
import { transactionOfCheckout } from './upload.loaders.js';
import { ShippingUploadRetryResult } from './upload.refusals.js';

const ShippingUploadConnection = connectionOf(ShippingUpload);

@Resolver(() => ShippingUpload)
@UseInterceptors(RefusalsAsResults)
export class ShippingUploadsResolver {
  constructor(private readonly uploads: ShippingUploadsService) {}

  @Allow('SUPPORT')
  @Query(() => ShippingUploadConnection, {
    description:
      'What WeChat is told of shipping, oldest first; what is STUCK, unless another status is asked for. For SUPPORT.',
  })
  shippingUploads(
    @Args('status', {
      type: () => ShippingUploadStatus,
      defaultValue: ShippingUploadStatus.STUCK,
      description: 'Only those at this status.',
    })
    status: ShippingUploadStatus,
    @Args() page: PageArgs,
  ): Promise<Page<ShippingUpload>> {
    return this.uploads.page(status, page);
  }

  @Allow('SUPPORT')
  @Mutation(() => ShippingUploadRetryResult, {
    description: 'Tell WeChat again what it did not take, after what was wrong has been put right. For SUPPORT.',
  })
  shippingUploadRetry(
    @CurrentStaff() { id: by }: StaffViewer,
    @Args('input', { description: 'Which one, and why.' }) { uploadId, reason }: ShippingUploadRetryInput,
  ): Promise<ShippingUpload> {
    return this.uploads.retry(uploadId, { by, reason });
  }

  @ResolveField(() => String, { description: 'WeChat’s number of the payment.' })
  transactionId(
    @Parent() { checkoutId }: ShippingUpload,
    @Loader(transactionOfCheckout) load: Load<CheckoutId, string>,
  ): Promise<string> {
    return load(checkoutId);
  }

  @ResolveField(() => [ID], { description: 'The orders that the payment has paid.' })
  async orderIds(
    @Parent() { checkoutId }: ShippingUpload,
    @Loader(ordersOfCheckout) load: Load<CheckoutId, Order[]>,
  ): Promise<OrderId[]> {
    return (await load(checkoutId)).map(({ id }) => id);
  }
}
