import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyRequest, RouteShorthandOptions } from 'fastify';
import { type Fault, type Faults, misstated, type RequestOperation } from './faults.js';

/** How a surface says that it is broken or asked too often. */
export interface Excuses {
  readonly error_500: () => Error;
  readonly error_429: () => Error;
}

/** Lets armed faults strike the routes of one surface, and remembers which request was struck. */
export class Misbehaviour {
  readonly #struck = new WeakMap<FastifyRequest, Fault>();

  constructor(
    private readonly faults: Faults,
    private readonly excuses: Excuses,
  ) {}

  /** Whether the reply to this request is to carry a signature that does not fit. */
  signsBadly(request: FastifyRequest): boolean {
    return this.#struck.get(request)?.kind === 'bad_signature';
  }

  /** The hooks of a route. They run after the surface's own, so a fault strikes authentic requests and finished replies only. */
  of(operation: RequestOperation): RouteShorthandOptions {
    return {
      preHandler: async (request, reply) => {
        const fault = this.faults.strike(operation);
        if (!fault) return;
        this.#struck.set(request, fault);
        if (fault.kind === 'error_500' || fault.kind === 'error_429') throw this.excuses[fault.kind]();
        if (fault.kind !== 'timeout_before') return;
        reply.hijack();
        await this.#wait(fault);
        request.raw.socket.destroy();
      },

      preSerialization: (request, _reply, payload, done) => {
        done(null, this.#struck.get(request)?.kind === 'wrong_amount' ? misstated(payload) : payload);
      },

      onSend: async (request, _reply, payload) => {
        const fault = this.#struck.get(request);
        if (fault?.kind === 'delay' || fault?.kind === 'timeout_after') await this.#wait(fault);
        if (fault?.kind === 'timeout_after') request.raw.socket.destroy();
        return payload;
      },
    };
  }

  /** An emulator that is closed meanwhile does not have to wait for this to end. */
  async #wait({ delayMs }: Fault): Promise<void> {
    await sleep(delayMs, undefined, { ref: false });
  }
}
