import type { FastifyInstance, FastifyRequest } from 'fastify';
import { BILL_TYPES } from './bills.js';
import { badQuery, payErrors } from './errors.js';
import { BILL_FAULTS } from './fault.kinds.js';
import { Fields } from './fields.js';
import type { Misbehaviour } from './misbehaviour.js';
import { RateLimit } from './rate.limit.js';
import type { World } from './world.js';

const DAY = { max: 10, pattern: /^\d{4}-\d\d-\d\d$/ };

/** Bills of a day: where they are and what they hash to, and the download, which alone is not signed. */
export function billRoutes(server: FastifyInstance, { settings, bills }: World, misbehaviour: Misbehaviour): void {
  const limits = { trades: new RateLimit(settings.billsPerSecond), flows: new RateLimit(settings.billsPerSecond) };
  const faultOf = (request: FastifyRequest) => BILL_FAULTS.find((kind) => kind === misbehaviour.kindOf(request));

  server.get('/bill/tradebill', misbehaviour.of('tradebill'), (request) => {
    if (!limits.trades.allows()) throw payErrors.tooFrequent();
    const fields = new Fields(request.query, badQuery);
    const type = fields.maybe('bill_type', (name) => fields.choice(name, BILL_TYPES)) ?? 'ALL';
    const { token, hash } = bills.trades(fields.text('bill_date', DAY), type, isPacked(fields), faultOf(request));
    return billOnWire(request, token, hash);
  });

  server.get('/bill/fundflowbill', misbehaviour.of('fundflowbill'), (request) => {
    if (!limits.flows.allows()) throw payErrors.tooFrequent();
    const fields = new Fields(request.query, badQuery);
    fields.maybe('account_type', (name) => fields.choice(name, ['BASIC']));
    const { token, hash } = bills.flows(fields.text('bill_date', DAY), isPacked(fields), faultOf(request));
    return billOnWire(request, token, hash);
  });

  const unsigned = { ...misbehaviour.of('download_bill'), config: { isUnsigned: true } };
  server.get('/billdownload/file', unsigned, ({ query }, reply) => {
    const bytes = bills.file(new Fields(query, badQuery).text('token', { max: 64 }));
    if (!bytes) throw payErrors.unknownResource('下载地址已失效');
    return reply.type('application/octet-stream').send(bytes);
  });
}

function isPacked(fields: Fields): boolean {
  return fields.maybe('tar_type', (name) => fields.choice(name, ['GZIP'])) !== undefined;
}

function billOnWire({ host }: FastifyRequest, token: string, hash: string) {
  return {
    hash_type: 'SHA1',
    hash_value: hash,
    download_url: `http://${host}/v3/billdownload/file?token=${token}`,
  };
}
