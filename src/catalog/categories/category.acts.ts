import { defineAct } from '#common';

export const categoryAdded = defineAct('catalog.categoryAdded', 'category');
export const categoryChanged = defineAct('catalog.categoryChanged', 'category');
export const categoryRemoved = defineAct('catalog.categoryRemoved', 'category');
