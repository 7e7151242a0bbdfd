import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Type } from '@nestjs/common';
import { TypeMetadataStorage } from '@nestjs/graphql/dist/schema-builder/storages/type-metadata.storage.js';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import ts from 'typescript';
import { Refusal, type Texts } from '#common';
import { type Constraint, constraintsOf } from '../../src/api/constraint-texts.js';
import { Shop } from '../support/shop.js';

/** What Chinese engineers call by its English name, too. */
const NAMES = /\b(GraphQL|POST|application\/json|idempotencyKey|endCursor|null|true|false|ISO)\b/g;

/** What these say stands beside an amount in a list, or above a text, so it is no sentence; their own tests read it in both languages. */
const LABELS: readonly string[] = ['orders/placing/breakdown.rules.ts', 'notifications/kinds/message.titles.ts'];

let shop: Shop;
beforeAll(async () => {
  shop = await Shop.open();
});
afterAll(async () => {
  await shop.close();
});

function expectWellSaid({ zh, en }: Texts): void {
  expect(zh).toMatch(/\p{Script=Han}/u);
  expect(zh.replace(NAMES, '').replace(/\w+_ /, '')).not.toMatch(/[A-Za-z]/);
  expect(zh).toMatch(/[。？！]$/);
  expect(en).not.toMatch(/[\p{Script=Han}\u3000-\u303f\uff00-\uffef]/u);
  expect(en).toMatch(/^[A-Z].*[.?!]$/);
  expect(`${zh}${en}`).not.toMatch(/undefined|\[object|NaN/);
}

/** The text of a literal; what a template leaves open is `7`. Null for anything else. */
function literalText(node: ts.Expression): string | null {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return null;
  return node.templateSpans.reduce((text, { literal }) => `${text}7${literal.text}`, node.head.text);
}

/** Every `{ zh, en }` that a source file writes down. */
function textsIn(file: string): { readonly zh: ts.Expression; readonly en: ts.Expression }[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const found: { zh: ts.Expression; en: ts.Expression }[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isObjectLiteralExpression(node)) {
      const properties = node.properties.filter(ts.isPropertyAssignment);
      const [zh, en] = ['zh', 'en'].map((name) => properties.find((property) => property.name.getText() === name));
      expect([file, zh === undefined]).toEqual([file, en === undefined]);
      if (zh && en) found.push({ zh: zh.initializer, en: en.initializer });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

describe('every message that the source writes down', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !LABELS.includes(file),
  );
  const texts = files.flatMap((file) => textsIn(join('src', file)).map((pair) => ({ file, ...pair })));

  it('is found', () => {
    expect(texts.length).toBeGreaterThan(40);
  });

  it.each(texts.map(({ file, zh, en }): [string, string, string] => [file, zh.getText(), en.getText()]))(
    '(%s) says it in both languages, in sentences: %s %s',
    (_file, ...sources) => {
      const pair = texts.find(({ zh, en }) => zh.getText() === sources[0] && en.getText() === sources[1])!;
      const [zh, en] = [literalText(pair.zh), literalText(pair.en)];
      // What ends in an open part passes sentences on, which are checked where they are written.
      expectWellSaid({
        zh: zh?.replace(/([。：])7$/, '$1').replace(/：$/, '。') ?? '',
        en: en?.replace(/([.:]) 7$/, '.') ?? '',
      });
    },
  );
});

describe('every refusal of the schema', () => {
  it('speaks both languages', () => {
    const refusals = TypeMetadataStorage.getObjectTypesMetadata()
      .filter(({ isAbstract }) => !isAbstract)
      .map(({ target }) => target as Type<Refusal>)
      .filter(({ prototype }) => prototype instanceof Refusal);
    const { schema } = shop.get(GraphQLSchemaHost);
    const known = schema.getPossibleTypes(schema.getType('Refusal') as never).map(({ name }) => name);
    expect(refusals.map(({ name }) => name).toSorted()).toEqual(known.toSorted());
    for (const Refused of refusals) {
      const refusal = new Refused(7, 7, 7);
      expectWellSaid({ zh: refusal.speak('zh').message, en: refusal.speak('en').message });
    }
  });
});

describe('every constraint on an input or an argument', () => {
  const describeAll = (): { input: string; constraint: Constraint }[] => {
    const inputs = [...TypeMetadataStorage.getInputTypesMetadata(), ...TypeMetadataStorage.getArgumentsMetadata()];
    return inputs.flatMap(({ target }) =>
      constraintsOf(target as object).map((constraint) => ({ input: target.name, constraint })),
    );
  };

  it('speaks both languages', () => {
    const all = describeAll();
    expect(all.length).toBeGreaterThan(15);
    const silent = all.filter(({ constraint }) => constraint.texts === undefined);
    expect(silent.map(({ input, constraint }) => `${input}.${constraint.property} ${constraint.name}`)).toEqual([]);
    for (const { constraint } of all) expectWellSaid(constraint.texts!);
  });
});
