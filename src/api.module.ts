import { Module } from '@nestjs/common';
import { GraphQLModule } from '@nestjs/graphql';
import { MercuriusDriver, type MercuriusDriverConfig } from '@nestjs/mercurius';
import type { FastifyRequest } from 'fastify';
import { NoSchemaIntrospectionCustomRule } from 'graphql';
import { DataSource } from 'typeorm';
import { type ApiContext, BusinessTime, Config, languageOf } from '#common';
import { errorFormatter } from './api-errors.js';

const TOKENS_MAX = 2_000;
const DEPTH_MAX = 12;

function driverConfig(config: Config, source: DataSource, businessTime: BusinessTime): MercuriusDriverConfig {
  const isProduction = config.NODE_ENV === 'production';
  return {
    autoSchemaFile: true,
    sortSchema: true,
    jit: 1,
    graphiql: !isProduction,
    queryDepth: DEPTH_MAX,
    validationRules: isProduction ? [NoSchemaIntrospectionCustomRule] : [],
    graphql: { parseOptions: { maxTokens: TOKENS_MAX } },
    errorFormatter,
    context: (request: FastifyRequest): ApiContext => ({
      request,
      language: languageOf(request.headers['accept-language']),
      db: source.manager,
      businessTime,
      loaders: new Map(),
    }),
  };
}

/** The GraphQL door. */
@Module({
  imports: [
    GraphQLModule.forRootAsync<MercuriusDriverConfig>({
      driver: MercuriusDriver,
      inject: [Config, DataSource, BusinessTime],
      useFactory: driverConfig,
    }),
  ],
})
export class ApiModule {}
