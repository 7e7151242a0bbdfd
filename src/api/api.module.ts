import { Module } from '@nestjs/common';
import { GraphQLModule } from '@nestjs/graphql';
import { MercuriusDriver, type MercuriusDriverConfig } from '@nestjs/mercurius';
import type { FastifyRequest } from 'fastify';
import { NoSchemaIntrospectionCustomRule } from 'graphql';
import { DataSource } from 'typeorm';
import { type ApiContext, BusinessTime, Config, languageOf, Vault } from '#common';
import { errorFormatter } from './graphql-errors.js';
import { OneOperationRule } from './one-operation.rule.js';
import { checkVariables, takeVariables } from './variables.js';

const TOKENS_MAX = 2_000;
const DEPTH_MAX = 12;
/** A suggestion would tell names of the schema to whoever guesses; twenty mistakes are enough to mend a document. */
const VALIDATION = { hideSuggestions: true, maxErrors: 20 };

function driverConfig(
  config: Config,
  source: DataSource,
  businessTime: BusinessTime,
  vault: Vault,
): MercuriusDriverConfig {
  const isProduction = config.NODE_ENV === 'production';
  return {
    autoSchemaFile: true,
    sortSchema: true,
    jit: 1,
    graphiql: !isProduction,
    queryDepth: DEPTH_MAX,
    validationRules: [OneOperationRule, ...(isProduction ? [NoSchemaIntrospectionCustomRule] : [])],
    graphql: {
      parseOptions: { maxTokens: TOKENS_MAX },
      validateOptions: VALIDATION,
    },
    hooks: { preExecution: checkVariables },
    errorFormatter,
    context: (request: FastifyRequest): ApiContext => ({
      request,
      language: languageOf(request.headers['accept-language']),
      variables: takeVariables(request),
      db: source.manager,
      businessTime,
      vault,
      loaders: new Map(),
    }),
  };
}

/** The GraphQL door. */
@Module({
  imports: [
    GraphQLModule.forRootAsync<MercuriusDriverConfig>({
      driver: MercuriusDriver,
      inject: [Config, DataSource, BusinessTime, Vault],
      useFactory: driverConfig,
    }),
  ],
})
export class ApiModule {}
