import 'reflect-metadata';
import { DataSource } from 'typeorm';
import { Metrics, readConfig, Vault } from '#common';
import { checkKeys, checkServer } from './boot-checks.js';
import { openMetricsDoor } from './metrics-door.js';
import { createServer } from './server.js';

const config = readConfig(process.env);
const app = await createServer(config);
await checkServer(app.get(DataSource));
await checkKeys(app.get(DataSource), app.get(Vault));
const metrics = await openMetricsDoor(app.get(Metrics), config.METRICS_HOST, config.METRICS_PORT);
app.getHttpServer().once('close', () => metrics?.close());
await app.listen(config.HTTP_PORT, config.HTTP_HOST);
if (config.ALLOW_LOOPBACK_WECHAT === 'yes') process.stdout.write(`WeChat is played by ${config.WECHAT_PAY_URL}\n`);
process.stdout.write(`listening ${(await app.getUrl()).replace('[::1]', '127.0.0.1')}\n`);
