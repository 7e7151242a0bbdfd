import { Field, ID, InputType } from '@nestjs/graphql';
import { IsId, Reason } from '#common';
import type { ShippingUploadId } from './shipping-upload.entity.js';

@InputType({ description: 'An upload that WeChat does not take.' })
export class ShippingUploadRetryInput {
  @IsId('upload')
  @Field(() => ID, { description: 'Which one.' })
  uploadId: ShippingUploadId;

  @Reason()
  reason: string;
}
