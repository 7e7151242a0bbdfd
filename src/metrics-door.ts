import { createServer, type Server, type ServerResponse } from 'node:http';
import { Logger } from '@nestjs/common';
import type { Metrics } from '#common';

const logger = new Logger('Metrics');

/** Where a process shows its metrics: a port of its own, because nobody outside should see them. Null if it has none. */
export async function openMetricsDoor(metrics: Metrics, host: string, port?: number): Promise<Server | null> {
  if (port === undefined) return null;
  const server = createServer((request, response) => {
    if (request.url !== '/metrics' || request.method !== 'GET') response.writeHead(404).end();
    else void answer(metrics, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return server;
}

async function answer(metrics: Metrics, response: ServerResponse): Promise<void> {
  try {
    const text = await metrics.text();
    response.writeHead(200, { 'content-type': metrics.registry.contentType }).end(text);
  } catch (error) {
    logger.error(`the metrics cannot be read: ${String(error)}`);
    response.writeHead(503).end();
  }
}
