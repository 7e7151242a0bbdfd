import { createUnionType, Field, ObjectType } from '@nestjs/graphql';
import { Refusal } from '#common';
import { ShippingUpload } from './shipping-upload.entity.js';

@ObjectType({
  implements: () => Refusal,
  description: 'The upload is not stuck: WeChat knows, is about to, or takes nothing more.',
})
export class ShippingUploadNotStuck extends Refusal {
  @Field(() => ShippingUpload, { description: 'The upload as it stands.' })
  readonly upload: ShippingUpload;

  constructor(upload: ShippingUpload) {
    super({ zh: '该发货信息无需人工处理。', en: 'This upload needs no operator.' });
    this.upload = upload;
  }
}

export const ShippingUploadRetryResult = createUnionType({
  name: 'ShippingUploadRetryResult',
  description: 'The upload, on its way again; or why not.',
  types: () => [ShippingUpload, ShippingUploadNotStuck] as const,
});
