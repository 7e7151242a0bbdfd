import { DAIRY_AND_EGGS } from './dairy-and-eggs.js';
import type { DemoProduct } from './demo-product.js';
import { DRINKS } from './drinks.js';
import { FRUIT } from './fruit.js';
import { GRAIN_AND_OIL } from './grain-and-oil.js';
import { HOUSEHOLD_GOODS } from './household.js';
import { MEAT_AND_SEAFOOD } from './meat-and-seafood.js';
import { MOTHER_AND_BABY } from './mother-and-baby.js';
import { PERSONAL_CARE } from './personal-care.js';
import { SNACKS } from './snacks.js';
import { VEGETABLES } from './vegetables.js';

/** Everything in the demo shop. Lists show the newest first, so what stands last here is what a buyer sees first. */
export const PRODUCTS: readonly DemoProduct[] = [
  ...PERSONAL_CARE,
  ...MOTHER_AND_BABY,
  ...HOUSEHOLD_GOODS,
  ...DRINKS,
  ...SNACKS,
  ...GRAIN_AND_OIL,
  ...DAIRY_AND_EGGS,
  ...MEAT_AND_SEAFOOD,
  ...VEGETABLES,
  ...FRUIT,
];
