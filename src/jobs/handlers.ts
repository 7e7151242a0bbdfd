import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import type { Definition, JobClaim, Outcome } from './job.js';

export const Handles = Reflector.createDecorator<Definition>();

type Handle = (args: Record<string, unknown>, claim: JobClaim) => Promise<Outcome>;

export interface Handler {
  readonly definition: Definition;
  readonly handle: Handle;
}

/** Who handles what: found once, from the methods marked with `@Handles`. */
@Injectable()
export class Handlers implements OnModuleInit {
  readonly #byRowName = new Map<string, Handler>();
  readonly #consumersOfFact = new Map<string, string[]>();

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  onModuleInit(): void {
    for (const { instance } of this.discovery.getProviders()) {
      if (!isObject(instance)) continue;
      for (const method of this.scanner.getAllMethodNames(Object.getPrototypeOf(instance) as object)) {
        this.#register(instance, method);
      }
    }
  }

  /** The names of the rows that a fact becomes: one for each consumer. */
  consumersOf(fact: Pick<Definition, 'name'>): readonly string[] {
    return this.#consumersOfFact.get(fact.name) ?? [];
  }

  of(rowName: string): Handler | undefined {
    return this.#byRowName.get(rowName);
  }

  #register(instance: Record<string, unknown>, method: string): void {
    const handle = instance[method];
    if (typeof handle !== 'function') return;
    const definition = this.reflector.get(Handles, handle);
    if (!isDefinition(definition)) return;

    const consumer = `${definition.name}>${instance.constructor.name}.${method}`;
    const rowName = definition.kind === 'fact' ? consumer : definition.name;
    if (this.#byRowName.has(rowName)) throw new Error(`two handlers for ${rowName}`);
    this.#byRowName.set(rowName, { definition, handle: handle.bind(instance) as Handle });
    if (definition.kind === 'fact') {
      this.#consumersOfFact.set(definition.name, [...this.consumersOf(definition), rowName]);
    }
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** Reflector answers any class with a value; only ours has a name and a kind. */
function isDefinition(value: unknown): value is Definition {
  return isObject(value) && typeof value['name'] === 'string' && (value['kind'] === 'job' || value['kind'] === 'fact');
}
