import { Module } from '@nestjs/common';
import { GraphQLModule } from '@nestjs/graphql';
import { MercuriusDriver, type MercuriusDriverConfig } from '@nestjs/mercurius';
import type { FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { type ApiContext, BusinessTime, Config, languageOf, Vault } from '#common';
import { IdentityModule } from '#identity';
import { DEPTH_MAX, rulesOf, TOKENS_MAX, VALIDATION } from './documents.js';
import { errorFormatter } from './graphql-errors.js';
import { NoSubscriptionRule } from './operation.rules.js';
import { SocketDoor } from './socket-door.js';
import { Subscriptions } from './subscriptions.js';
import { handOver, takeVariables } from './variables.js';

function driverConfig(
  config: Config,
  source: DataSource,
  businessTime: BusinessTime,
  vault: Vault,
): MercuriusDriverConfig {
  return {
    autoSchemaFile: true,
    sortSchema: true,
    jit: 1,
    graphiql: config.NODE_ENV !== 'production',
    queryDepth: DEPTH_MAX,
    validationRules: [...rulesOf(config), NoSubscriptionRule],
    graphql: {
      parseOptions: { maxTokens: TOKENS_MAX },
      validateOptions: VALIDATION,
    },
    hooks: { preExecution: handOver },
    errorFormatter,
    context: (request: FastifyRequest): ApiContext => ({
      request,
      language: languageOf(request.headers['accept-language']),
      variables: takeVariables(request),
      db: source.manager,
      businessTime,
      vault,
      loaders: new Map(),
      ownLoaders: new Map(),
    }),
  };
}

/** The two doors of GraphQL: HTTP for queries and mutations, and the socket for subscriptions. */
@Module({
  imports: [
    GraphQLModule.forRootAsync<MercuriusDriverConfig>({
      driver: MercuriusDriver,
      inject: [Config, DataSource, BusinessTime, Vault],
      useFactory: driverConfig,
    }),
    IdentityModule,
  ],
  providers: [SocketDoor, Subscriptions],
})
export class ApiModule {}
