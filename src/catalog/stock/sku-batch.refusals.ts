import { Field, ObjectType } from '@nestjs/graphql';
import { Refusal } from '#common';
import { SkuBatch } from './sku-batch.entity.js';

@ObjectType({ implements: () => Refusal, description: 'No goods of such a batch have come in.' })
export class BatchUnknown extends Refusal {
  @Field(() => String, { description: 'The number that was asked for.' })
  readonly batchNumber: string;

  constructor(batchNumber: string) {
    super({ zh: '该规格没有此批号，请核对。', en: 'This SKU has no such batch. Please check the number.' });
    this.batchNumber = batchNumber;
  }
}

@ObjectType({ implements: () => Refusal, description: 'The batch has come in before, with other days on it.' })
export class BatchDatesDiffer extends Refusal {
  @Field(() => SkuBatch, { description: 'The batch as it is known.' })
  readonly batch: SkuBatch;

  constructor(batch: SkuBatch) {
    super({
      zh: '该批号已登记，生产或到期日期不一致，请核对。',
      en: 'This batch is known with other days. Please check them.',
    });
    this.batch = batch;
  }
}
