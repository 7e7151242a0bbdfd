import 'reflect-metadata';
import { DataSource } from 'typeorm';
import { readConfig, Vault } from '#common';
import { checkKeys, checkServer } from './boot-checks.js';
import { createServer } from './server.js';

const config = readConfig(process.env);
const app = await createServer(config);
await checkServer(app.get(DataSource));
await checkKeys(app.get(DataSource), app.get(Vault));
await app.listen(config.HTTP_PORT, config.HTTP_HOST);
if (config.ALLOW_LOOPBACK_WECHAT === 'yes') process.stdout.write(`WeChat is played by ${config.WECHAT_PAY_URL}\n`);
process.stdout.write(`listening ${(await app.getUrl()).replace('[::1]', '127.0.0.1')}\n`);
