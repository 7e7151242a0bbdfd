import type { FastifyInstance } from 'fastify';
import { readFault, readFaultPlan } from './control.inputs.js';
import { badControl } from './errors.js';
import type { Fault } from './fault.js';
import { Fields } from './fields.js';
import { planOf, SeededFaults } from './seeded.faults.js';
import type { World } from './world.js';

/** Bad luck to order. */
export function faultRoutes(server: FastifyInstance, { faults }: World): void {
  /** `{operation, kind, code?, times?, delay_ms?}` -> the same with its defaults: arms it for the next `times` requests (1). */
  server.post('/faults', ({ body }) => {
    const fault = readFault(Fields.ofJson(body, badControl));
    faults.arm(fault);
    return faultOnWire(fault);
  });

  /** What is still armed, in the order it will strike. */
  server.get('/faults', () => faults.list().map(faultOnWire));

  server.delete('/faults', (_request, reply) => {
    faults.clear();
    return reply.code(204).send();
  });

  /**
   * `{seed, rate, operations?, kinds?}` -> the same with its defaults, and `{struck}` by operation: from now on, that many
   * of all requests and deliveries go wrong. It replaces what was asked before, and counts from the beginning.
   * Kinds that leave the books different for good are only those that are named.
   */
  server.post('/misbehaviour', ({ body }) => {
    faults.seeded = new SeededFaults(readFaultPlan(Fields.ofJson(body, badControl)));
    return planOnWire(faults.seeded);
  });

  /** As it stands; its rate is 0 when nothing goes wrong by itself. */
  server.get('/misbehaviour', () => planOnWire(faults.seeded));

  server.delete('/misbehaviour', (_request, reply) => {
    faults.seeded = new SeededFaults(planOf(0, 0));
    return reply.code(204).send();
  });
}

function planOnWire({ plan, struck }: SeededFaults) {
  return { ...plan, struck };
}

function faultOnWire({ operation, kind, code, times, delayMs }: Fault) {
  return { operation, kind, code, times, delay_ms: delayMs };
}
