import mysql, { type Pool, type PoolConnection, type PoolOptions } from 'mysql2';
import { DataSource, type DataSourceOptions, type Logger } from 'typeorm';
import { AfterSale, AfterSaleImage, AfterSaleLine, AfterSaleStep } from '#after-sale';
import { AuditEntry, BulkAct, BulkFailure } from '#audit';
import {
  Allotment,
  CatalogImport,
  Category,
  FreightTemplate,
  Product,
  ProductImage,
  Sku,
  SkuBatch,
  SkuPrice,
  Stock,
  StockWarning,
  Supplier,
} from '#catalog';
import { type Config, SnakeCase } from '#common';
import { Parcel, ParcelLine, ShippingUpload } from '#fulfilment';
import { Address, LiftedBlock, Session, Staff, StaffRecoveryCode, StaffRoleGrant, User, UserBlock } from '#identity';
import { InvariantIncident, InvariantRun, InvariantVerdict } from '#invariants';
import { Invoice, InvoiceLine, InvoiceStep } from '#invoices';
import { Avatar, Image, ImageRendition } from '#media';
import { Message, MessageDelivery, MessageGrant, MessageSetting } from '#notifications';
import {
  Checkout,
  Order,
  OrderFreight,
  OrderLine,
  RefundLine,
  Settlement,
  SettlementShare,
  SupplierEntry,
  SupplierRate,
} from '#orders';
import { Capture, Payment, Refund } from '#payments';
import { Payout, SupplierStatement } from '#payouts';
import { Consent, Look } from '#privacy';
import { Recall, RecallItem } from '#recalls';
import { BillDay, Finding } from '#reconciliation';
import { ShareArtifact, ShareScene } from '#sharing';
import { Offer, OfferPrice, Seat, Team } from '#teams';
import { WechatPush } from '#wechat';
import * as migrations from '../migrations/index.js';

const ENTITIES = [
  ...[User, Session, UserBlock, LiftedBlock, Address],
  ...[Staff, StaffRoleGrant, StaffRecoveryCode],
  ...[AuditEntry, BulkAct, BulkFailure],
  ...[Consent, Look],
  ...[Image, ImageRendition, Avatar],
  ...[ShareScene, ShareArtifact],
  ...[
    Supplier,
    Category,
    FreightTemplate,
    Product,
    ProductImage,
    Sku,
    SkuBatch,
    SkuPrice,
    Stock,
    StockWarning,
    Allotment,
  ],
  ...[CatalogImport],
  ...[Payment, Capture, Refund],
  ...[BillDay, Finding],
  ...[Checkout, Order, OrderLine, OrderFreight, RefundLine],
  ...[SupplierRate, Settlement, SettlementShare, SupplierEntry],
  ...[Offer, OfferPrice, Team, Seat],
  ...[Parcel, ParcelLine, ShippingUpload],
  ...[AfterSale, AfterSaleLine, AfterSaleImage, AfterSaleStep],
  ...[Recall, RecallItem],
  ...[Invoice, InvoiceLine, InvoiceStep],
  ...[Payout, SupplierStatement],
  ...[WechatPush, Message, MessageDelivery, MessageGrant, MessageSetting],
  ...[InvariantRun, InvariantVerdict, InvariantIncident],
];

/** Said once on each new connection. Lock waits are short, because a waiting transaction holds what others wait for. */
const SESSION = [
  'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED',
  "SET SESSION time_zone = '+00:00', innodb_lock_wait_timeout = 5, sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION,ERROR_FOR_DIVISION_BY_ZERO,NO_ZERO_DATE,NO_ZERO_IN_DATE'",
  'SET NAMES utf8mb4 COLLATE utf8mb4_unicode_520_ci',
];

function setUp(connection: PoolConnection): void {
  for (const statement of SESSION) {
    connection.query(statement, (error) => {
      // A connection that would decide by other rules is of no use to anybody.
      if (error) connection.destroy();
    });
  }
}

/** mysql2, with every pooled connection set up before its first use. */
const driver = {
  ...mysql,
  createPool(options: PoolOptions): Pool {
    const pool = mysql.createPool(options);
    pool.on('connection', setUp);
    return pool;
  },
};

export interface DatabaseExtras {
  /** Hears every statement; tests count them. */
  readonly logger?: Logger;
}

export function databaseOptions(
  { DATABASE_URL, DATABASE_POOL_SIZE }: Pick<Config, 'DATABASE_URL' | 'DATABASE_POOL_SIZE'>,
  { logger }: DatabaseExtras = {},
): DataSourceOptions {
  return {
    type: 'mysql',
    driver,
    url: DATABASE_URL.replace(/^mariadb:/, 'mysql:'),
    entities: ENTITIES,
    migrations: Object.values(migrations),
    namingStrategy: new SnakeCase(),
    timezone: 'Z',
    charset: 'utf8mb4',
    supportBigNumbers: true,
    synchronize: false,
    // A stack for every statement costs more than most statements; what fails is named by its SQL.
    extra: { connectionLimit: DATABASE_POOL_SIZE, trace: false },
    ...(logger ? { logger, logging: true } : { logging: false }),
  };
}

export function openDatabase(config: Config, extras: DatabaseExtras = {}): Promise<DataSource> {
  return new DataSource(databaseOptions(config, extras)).initialize();
}
