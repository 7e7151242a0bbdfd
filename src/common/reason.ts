import { applyDecorators } from '@nestjs/common';
import { Field } from '@nestjs/graphql';
import { Matches } from 'class-validator';
import type { Texts } from './language.js';
import { MaxCharacters } from './max-characters.js';

/** As many as the column of the audit trail takes. */
export const REASON_CHARACTERS_MAX = 255;

const MUST_SAY_WHY: Texts = { zh: '请说明原因。', en: 'Must say why.' };

/** The field of an operator's input that says why. */
export function Reason(): PropertyDecorator {
  return applyDecorators(
    Matches(/\S/, { context: MUST_SAY_WHY }),
    MaxCharacters(REASON_CHARACTERS_MAX),
    Field(() => String, { description: `Why; kept with the act. At most ${REASON_CHARACTERS_MAX} characters.` }),
  );
}
