import { In } from 'typeorm';
import { defineLoader, oneInOrder } from '#common';
import { FreightTemplate, type FreightTemplateId } from './freight-template.entity.js';

export const freightTemplateById = defineLoader(async (db, ids: readonly FreightTemplateId[]) =>
  oneInOrder(ids, await db.findBy(FreightTemplate, { id: In(ids) }), ({ id }) => id),
);
