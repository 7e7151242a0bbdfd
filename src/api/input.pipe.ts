import { type ArgumentMetadata, ValidationPipe, type ValidationError } from '@nestjs/common';
import { badInput, type FieldMistake } from '#common';
import { textsOf } from './constraint-texts.js';

class Invalid extends Error {
  constructor(readonly errors: readonly ValidationError[]) {
    super('invalid input');
  }
}

/** Checks inputs by their class-validator marks; what is wrong comes back by the path of its field, in two languages. */
export class InputPipe extends ValidationPipe {
  constructor() {
    super({
      transform: true,
      whitelist: true,
      validationError: { target: true },
      exceptionFactory: (errors: ValidationError[]) => new Invalid(errors),
    });
  }

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    try {
      return (await super.transform(value, metadata)) as unknown;
    } catch (error) {
      // Only here is it known which argument the fields belong to.
      throw error instanceof Invalid ? badInput(...mistakesIn(error.errors, metadata.data ?? '')) : error;
    }
  }
}

function mistakesIn(errors: readonly ValidationError[], path: string): FieldMistake[] {
  return errors.flatMap(({ target, property, constraints = {}, children = [] }) => {
    const here = path === '' ? property : `${path}.${property}`;
    const own = Object.keys(constraints).map((name) => ({
      path: here,
      texts: textsOf((target as object).constructor, property, name),
    }));
    return [...own, ...mistakesIn(children, here)];
  });
}
