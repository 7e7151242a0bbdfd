import { registerDecorator, type ValidationOptions } from 'class-validator';

/**
 * Input check: a text of at most so many characters, counted as the database's columns count them, by code points. class-validator's
 * `MaxLength` leaves out variation selectors (U+FE0E, U+FE0F), so a text of any length can pass it and fail at the column.
 */
export function MaxCharacters(max: number, options: ValidationOptions = {}): PropertyDecorator {
  return (target, propertyName) => {
    registerDecorator({
      name: 'maxCharacters',
      target: target.constructor,
      propertyName: String(propertyName),
      constraints: [max],
      options,
      validator: { validate: (value: unknown) => typeof value === 'string' && lengthOf(value) <= max },
    });
  };
}

function lengthOf(text: string): number {
  return Array.from(text).length;
}
