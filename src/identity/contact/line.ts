import { applyDecorators } from '@nestjs/common';
import { Transform, type TransformFnParams } from 'class-transformer';
import { Matches } from 'class-validator';
import type { Texts } from '#common';

/** Hands a text through a function on its way in; what is no text is for the checks to refuse. */
export function Rewritten(rewrite: (text: string) => string | null): PropertyDecorator {
  return Transform(({ value }: TransformFnParams) => (typeof value === 'string' ? rewrite(value) : (value as unknown)));
}

/** Characters without a form of their own, such as directions of writing, come along when a text is copied; nobody sees that they are gone. */
function trimmed(text: string): string {
  return text.replace(/\p{Cf}/gu, '').trim();
}

/** WeChat sends '' for what a person has left out. */
export function nullIfBlank(text: string): string | null {
  return trimmed(text) === '' ? null : text;
}

/** A text that fits on a label: some characters on one line. */
export function Line(charactersMax: number): PropertyDecorator {
  const context: Texts = {
    zh: `必须是 1 至 ${charactersMax} 个字符，写在一行里，不含控制字符。`,
    en: `Must be 1 to ${charactersMax} characters on one line, without control characters.`,
  };
  return applyDecorators(
    Rewritten(trimmed),
    Matches(new RegExp(`^[^\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}]{1,${charactersMax}}$`, 'u'), { context }),
  );
}
