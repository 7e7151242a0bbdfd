import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyRequest, RouteShorthandOptions } from 'fastify';
import type { FaultKind, RequestOperation } from './fault.kinds.js';
import { type Fault, misstated } from './fault.js';
import type { Faults } from './faults.js';

/** How a surface says no because of a fault; nothing for a fault that lets the request through. */
export type Excuse = (fault: Fault) => Error | undefined;

/** Lets armed faults strike the routes of one surface, and remembers which request was struck. */
export class Misbehaviour {
  readonly #struck = new WeakMap<FastifyRequest, Fault>();

  constructor(
    private readonly faults: Faults,
    private readonly excuse: Excuse,
  ) {}

  /** How this request or its reply goes wrong, if it was struck. */
  kindOf(request: FastifyRequest): FaultKind | undefined {
    return this.#struck.get(request)?.kind;
  }

  /** The hooks of a route. They run after the surface's own, so a fault strikes authentic requests and finished replies only. */
  of(operation: RequestOperation): RouteShorthandOptions {
    return {
      preHandler: async (request, reply) => {
        const fault = this.faults.strike(operation);
        if (!fault) return;
        this.#struck.set(request, fault);
        const excuse = this.excuse(fault);
        if (excuse) throw excuse;
        if (fault.kind !== 'timeout_before' && fault.kind !== 'hang') return;
        reply.hijack();
        if (fault.kind === 'hang') return;
        await this.#wait(fault);
        request.raw.socket.destroy();
      },

      preSerialization: (request, _reply, payload, done) => {
        done(null, this.kindOf(request) === 'wrong_amount' ? misstated(payload) : payload);
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
