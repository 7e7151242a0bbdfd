import { In } from 'typeorm';
import { defineLoader, oneInOrder } from '#common';
import { Supplier, type SupplierId } from './supplier.entity.js';

export const supplierById = defineLoader(async (db, ids: readonly SupplierId[]) =>
  oneInOrder(ids, await db.findBy(Supplier, { id: In(ids) }), ({ id }) => id),
);
