import assert from 'node:assert/strict';
import { Column, type ColumnOptions, type DataSource, type EntityMetadata, type ValueTransformer } from 'typeorm';
import type { ColumnMetadata } from 'typeorm/metadata/ColumnMetadata.js';

/**
 * A value that only the vault can read: a key's number, an IV, the ciphertext, a tag. It opens nowhere but in the row it was sealed for.
 * A class and not a Buffer, so that neither a text nor bytes of another kind are ever taken for one.
 */
export class Sealed {
  readonly #bytes: Buffer;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get bytes(): Buffer {
    return this.#bytes;
  }

  /** What a log or an answer shows if it is handed one by accident. */
  toJSON(): string {
    return '[sealed]';
  }

  toString(): string {
    return '[sealed]';
  }
}

const transformer: ValueTransformer = {
  to: (value: unknown) => {
    if (value === null || value === undefined) return value;
    assert(value instanceof Sealed, 'only a sealed value may be stored in a sealed column');
    return value.bytes;
  },
  from: (bytes: Buffer | null | undefined) => (bytes ? new Sealed(bytes) : bytes),
};

/** A VARBINARY column that takes nothing but sealed values. With `select: false` only a query that names it reads it. */
export function SealedColumn(options: Pick<ColumnOptions, 'nullable' | 'select' | 'update'> = {}): PropertyDecorator {
  return Column({ ...options, type: 'varbinary', transformer });
}

/** One sealed column of the database. */
export interface SealedPlace {
  readonly entity: EntityMetadata;
  readonly column: ColumnMetadata;
  /** `table.column`, which every seal in it is bound to. */
  readonly name: SealedName;
}

/** `table.column` of a sealed column. */
export type SealedName = `${string}.${string}`;

/** Every sealed column there is, found by its mark: whoever adds one has no list to keep. */
export function sealedPlaces(source: DataSource): SealedPlace[] {
  return source.entityMetadatas.flatMap((entity) =>
    entity.columns
      .filter((column) => column.transformer === transformer)
      .map((column) => ({ entity, column, name: `${entity.tableName}.${column.databaseName}` as const })),
  );
}
