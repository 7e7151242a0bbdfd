/** What each class means, and who may see it. PIPL is the Personal Information Protection Law of 2021 (个人信息保护法). */
export const DATA_CLASSES = {
  public: 'Anybody may see it, logged in or not.',
  internal: 'Says nothing about a person by itself; only our processes and operators see it.',
  personal:
    'Names a person or says something of one (PIPL 4): seen by that person, and by operators for a purpose; deleted or made anonymous when that ends (PIPL 47).',
  sensitive:
    'Would let others act as the person or find them elsewhere, or harm them (PIPL 28): only ever stored sealed or hashed (PIPL 51), and shown whole to nobody but that person.',
} as const;
export type DataClass = keyof typeof DATA_CLASSES;

type Table = Readonly<Partial<Record<DataClass, readonly string[]>>>;

/** The class of every column of every table, by module. A test compares it with the database, both ways. */
export const COLUMNS: Readonly<Record<string, Table>> = {
  // the tool that migrates
  migrations: { internal: ['id', 'timestamp', 'name'] },

  // common
  idempotency: {
    personal: ['actor_id'],
    internal: ['idempotency_key', 'result_id', 'created_at'],
    sensitive: ['request_hash'],
  },
  simulated_clock: { internal: ['id', 'now_at'] },
  status_move: { internal: ['id', 'subject', 'subject_id', 'from_status', 'to_status', 'moved_at'] },

  // jobs
  job: {
    internal: [
      ...['id', 'name', 'args', 'unique_key', 'status', 'run_at', 'attempt', 'lease', 'repeat_seconds'],
      ...['reason', 'created_at', 'ended_at'],
    ],
  },

  // identity
  user: {
    personal: ['id', 'nickname', 'status', 'created_at', 'erased_at'],
    sensitive: [
      ...['openid', 'openid_index', 'unionid', 'unionid_index', 'session_key'],
      ...['phone', 'phone_index', 'phone_code_hash'],
    ],
  },
  session: {
    personal: ['id', 'user_id', 'staff_id', 'started_at', 'rotated_at', 'expires_at', 'revoked_at'],
    sensitive: ['login_code_hash', 'refresh_hash', 'previous_hash'],
  },
  user_block: { internal: ['id', 'blocked_at'], personal: ['user_id', 'blocked_id'] },
  lifted_block: { internal: ['id', 'lifted_at'], personal: ['user_id'] },
  address: {
    internal: ['id', 'is_default', 'sole_default', 'removed_at'],
    personal: ['user_id'],
    sensitive: ['contents'],
  },
  staff: {
    personal: ['id', 'login_name', 'display_name', 'supplier_id', 'status', 'enrolled_at', 'created_at'],
    internal: ['of_supplier', 'totp_step', 'enrolment_expires_at'],
    sensitive: ['password_hash', 'totp_secret', 'enrolment_hash'],
  },
  staff_role: { personal: ['staff_id'], internal: ['role', 'of_supplier'] },
  staff_recovery_code: { personal: ['staff_id'], sensitive: ['code_hash'], internal: ['used_at'] },

  // audit
  audit_entry: {
    personal: ['actor', 'subject_id', 'reason'],
    internal: ['id', 'kind', 'subject_type', 'facts_before', 'facts_after', 'request', 'acted_at', 'recorded_at'],
  },
  audit_link: { internal: ['seq', 'entry_id', 'hash'] },
  bulk_act: {
    personal: ['proposed_by_id', 'decided_by_id', 'reason'],
    internal: [
      ...['id', 'kind', 'status', 'input', 'items_total', 'amount_minor', 'currency', 'items_tried', 'proposed_at'],
      ...['expires_at', 'decided_at'],
    ],
  },
  bulk_failure: { internal: ['bulk_act_id', 'subject_id', 'subject_type', 'problem'] },

  // media
  image: {
    personal: ['owner_id', 'staff_id'],
    public: ['width', 'height', 'blurhash'],
    internal: [
      ...[
        'id',
        'purpose',
        'type',
        'size_bytes',
        'status',
        'problem',
        'started_at',
        'upload_until',
        'uploaded_at',
        'is_kept',
      ],
    ],
  },
  image_rendition: { public: ['image_id', 'format', 'width', 'size_bytes'] },
  avatar: { personal: ['user_id', 'image_id'] },

  // privacy
  consent: { internal: ['id', 'language'], personal: ['user_id', 'purpose', 'version', 'kind', 'acted_at'] },
  look: { internal: ['id'], personal: ['user_id', 'actor_id', 'category', 'operation', 'looked_at'] },

  // ledger
  account: { internal: ['path', 'balance_minor', 'currency'] },
  transfer: {
    internal: [
      ...['id', 'debit', 'credit', 'amount_minor', 'currency', 'code', 'source_type', 'source_id', 'kind', 'posted_at'],
    ],
  },

  // sharing
  share_scene: {
    public: ['code', 'target_type', 'target_id'],
    personal: ['maker_id'],
    internal: ['id', 'created_at'],
  },
  share_artifact: {
    public: ['address', 'width', 'expires_at'],
    internal: [
      ...['id', 'scene_id', 'kind', 'page', 'version', 'size_bytes', 'made_at', 'attempt', 'lease_until', 'problem'],
    ],
  },
  share_quota: { personal: ['holder_id'], internal: ['id', 'kind', 'starts_at', 'used'] },
  share_call: { internal: ['id', 'artifact_id', 'kind', 'starts_at', 'called_at'] },

  // catalog
  supplier: { public: ['id', 'name'] },
  category: {
    public: ['id', 'parent_id', 'name_zh', 'name_en', 'position', 'is_shown'],
    internal: ['beside'],
  },
  product: {
    public: [
      ...['id', 'supplier_id', 'name', 'category_id', 'description', 'options', 'return_rule', 'sale_from'],
      ...['sale_until', 'freight_template_id', 'revision'],
    ],
    internal: ['status', 'created_at'],
  },
  product_image: { public: ['image_id', 'product_id', 'position'] },
  sku: {
    public: [
      ...['id', 'product_id', 'code', 'barcode', 'title', 'option_values', 'price_minor', 'currency', 'is_retired'],
      ...['weight_grams', 'units_per_order', 'units_per_buyer'],
    ],
    internal: ['low_stock_units'],
  },
  sku_price: {
    personal: ['set_by', 'reason'],
    internal: ['id', 'sku_id', 'price_minor', 'currency', 'set_at'],
  },
  catalog_import: {
    personal: ['started_by', 'decided_by', 'reason'],
    internal: [
      ...['id', 'status', 'makes_missing', 'lines_total', 'mistakes_total', 'lines_applied', 'lines_failed'],
      ...['applied_through', 'started_at', 'ended_at'],
    ],
  },
  catalog_import_line: {
    internal: [
      ...['import_id', 'line_number', 'supplier_name', 'category_path', 'product_name', 'description', 'return_rule'],
      ...['option_names', 'option_values', 'code', 'barcode', 'weight_grams', 'price_minor', 'currency'],
      ...['quantity', 'low_stock_units'],
      ...['is_on_sale', 'sku_id', 'product_id', 'products_alike', 'first_line', 'nth', 'status'],
    ],
  },
  catalog_import_mistake: { internal: ['import_id', 'line_number', 'column_name', 'kind', 'detail'] },
  stock_warning: { internal: ['id', 'sku_id', 'since', 'lowest_units', 'ended_at', 'is_open'] },
  freight_template: { public: ['id', 'supplier_id', 'name', 'revision', 'terms', 'currency'] },
  sku_batch: { internal: ['id', 'sku_id', 'number', 'produced_on', 'expires_on', 'received_at'] },
  stock: { public: ['sku_id', 'on_hand'], internal: ['reserved', 'sold'] },
  stock_move: {
    internal: ['id', 'sku_id', 'order_id', 'hold', 'kind', 'quantity', 'allotment_id', 'moved_at', 'ends', 'once'],
  },
  allotment: { internal: ['id', 'sku_id', 'units_max', 'units_taken'] },
  search_term: { public: ['term', 'pinyin'], internal: ['id', 'products'] },
  search_variant: { public: ['variant'], internal: ['term_id'] },
  search_posting: { internal: ['product_id', 'term_id', 'impact'] },
  search_product: { public: ['product_id', 'price_minor', 'currency'], internal: ['version', 'indexed_at'] },
  search_change: { internal: ['id', 'product_id'] },

  // payments
  payment: {
    internal: [
      ...[
        'id',
        'checkout_id',
        'attempt',
        'out_trade_no',
        'status',
        'amount_minor',
        'currency',
        'description',
        'prepay_id',
      ],
      ...['expires_at', 'queries', 'next_query_at', 'live'],
    ],
  },
  capture: {
    internal: [
      ...[
        'id',
        'payment_id',
        'checkout_id',
        'transaction_id',
        'purpose',
        'amount_minor',
        'currency',
        'refunding_minor',
      ],
      ...['refunded_minor', 'refunds', 'refund_submitted_at', 'succeeded_at', 'honours'],
    ],
  },
  refund: {
    personal: ['note', 'requested_by_id'],
    internal: [
      ...['id', 'capture_id', 'order_id', 'out_refund_no', 'reason', 'amount_minor', 'currency', 'account', 'status'],
      ...[
        'channel_refund_id',
        'outside_reference',
        'problem',
        'predecessor_id',
        'queries',
        'manual_after',
        'created_at',
        'succeeded_at',
        'noted_at',
      ],
    ],
  },
  channel_event: { internal: ['id', 'event_type', 'resource', 'received_at'] },

  // orders
  checkout: {
    personal: ['buyer_id'],
    internal: ['id', 'status', 'payable_minor', 'currency', 'placed_at', 'pay_until'],
  },
  orders: {
    personal: ['buyer_id'],
    internal: [
      ...['id', 'checkout_id', 'supplier_id', 'status', 'awaits_team', 'hold', 'payable_minor', 'refunding_minor'],
      ...['refunded_minor', 'currency', 'placed_at', 'addressed_at', 'freight_minor', 'to_fulfil_at', 'receive_by'],
      ...['is_receipt_extended', 'received_at', 'completes_at', 'due_at', 'open_after_sales'],
    ],
    sensitive: ['delivery'],
  },
  order_line: {
    internal: [
      ...['id', 'order_id', 'sku_id', 'allotment_id', 'title', 'quantity', 'unit_price_minor', 'amount_minor'],
      ...['return_rule', 'single_price_minor', 'shipped_quantity', 'cancelled_quantity', 'restocked_quantity'],
      ...['refunding_quantity', 'refunding_minor', 'claimed_quantity', 'withheld_quantity'],
    ],
  },
  refund_line: { internal: ['refund_id', 'line_id', 'quantity', 'cancelled_quantity', 'amount_minor'] },
  order_freight: {
    internal: [
      ...['order_id', 'template_id', 'name', 'region', 'weight_grams', 'goods_minor', 'first_grams', 'first_minor'],
      ...['step_grams', 'step_minor', 'free_from_minor', 'amount_minor', 'currency'],
    ],
  },
  sku_buyer: { personal: ['buyer_id'], internal: ['sku_id', 'units'] },

  // teams
  offer: {
    public: [
      ...['id', 'product_id', 'kind', 'size', 'ttl_seconds', 'units_per_order', 'units_per_buyer', 'starts_at'],
      ...['ends_at', 'frozen_at'],
    ],
    internal: ['revision'],
  },
  offer_price: { public: ['sku_id', 'price_minor', 'currency'], internal: ['offer_id', 'revision', 'allotment_id'] },
  offer_buyer: { personal: ['buyer_id'], internal: ['offer_id', 'units'] },
  team: {
    public: [
      ...[
        'id',
        'offer_id',
        'kind',
        'status',
        'size',
        'ttl_seconds',
        'units_per_order',
        'units_per_buyer',
        'seats_live',
      ],
      ...['seats_paid', 'opened_at', 'expires_at'],
    ],
    internal: ['revision'],
    personal: ['opened_by_id'],
  },
  seat: {
    personal: ['buyer_id'],
    internal: ['id', 'team_id', 'offer_id', 'order_id', 'status', 'quantity', 'held_until', 'paid_at', 'live'],
  },

  // fulfilment
  parcel: {
    personal: ['shipped_by_id', 'delivered_by_id'],
    internal: ['id', 'order_id', 'carrier', 'shipped_at', 'delivered_at', 'tracked_at'],
    sensitive: ['tracking_number', 'tracking_index'],
  },
  parcel_line: { internal: ['parcel_id', 'line_id', 'quantity', 'batch_id'] },
  shipping_upload: {
    internal: [
      ...['id', 'checkout_id', 'status', 'revision', 'mode', 'sent_at', 'uploaded_at', 'parcels_uploaded'],
      ...['finish_shipping_count', 'failures', 'problem', 'reminded_at'],
    ],
  },

  // after-sale
  after_sale: {
    personal: ['buyer_id'],
    internal: [
      ...['id', 'order_id', 'supplier_id', 'kind', 'reason', 'status', 'is_unshipped', 'is_appealed', 'is_resaleable'],
      ...['freight_minor', 'amount_minor', 'currency', 'refund_id', 'carrier', 'applied_at', 'sent_at', 'due_at'],
      ...['closed_at', 'listed_at', 'tracked_at'],
    ],
    sensitive: ['tracking_number'],
  },
  after_sale_line: { internal: ['after_sale_id', 'line_id', 'quantity', 'amount_minor'] },
  after_sale_image: { internal: ['image_id', 'after_sale_id', 'position'] },
  after_sale_step: {
    internal: ['id', 'after_sale_id', 'status', 'actor', 'moved_at', 'noted_at'],
    sensitive: ['note'],
  },

  // settlement
  supplier_rate: { internal: ['id', 'supplier_id', 'commission_bps', 'valid_from'] },
  settlement: {
    internal: [
      ...['order_id', 'supplier_id', 'settled_at', 'kept_minor', 'base_minor', 'commission_bps', 'commission_minor'],
      ...['supplier_minor', 'returned_minor', 'commission_returned_minor', 'supplier_returned_minor', 'currency'],
    ],
  },
  settlement_share: {
    internal: ['order_id', 'seq', 'payee', 'account', 'amount_minor', 'returned_minor', 'currency'],
  },
  supplier_entry: {
    internal: [
      ...['id', 'supplier_id', 'kind', 'order_id', 'refund_id', 'payout_id', 'amount_minor', 'currency', 'booked_at'],
    ],
  },

  // payouts
  supplier_statement: {
    internal: [
      ...[
        'id',
        'supplier_id',
        'starts_at',
        'ends_at',
        'opening_minor',
        'settled_minor',
        'returned_minor',
        'paid_minor',
      ],
      ...['closing_minor', 'entries', 'currency', 'closed_at'],
    ],
  },
  payout: {
    personal: ['reason', 'proposed_by_id', 'approved_by_id'],
    internal: [
      ...['id', 'supplier_id', 'amount_minor', 'currency', 'status', 'proposed_at', 'approved_at', 'reference'],
      ...['paid_on', 'ended_at', 'open_of_id'],
    ],
  },

  // recalls
  recall: {
    internal: [
      ...['id', 'bulk_act_id', 'sku_id', 'batch_id', 'batch_number', 'reason', 'advice', 'only_certain', 'proposed_at'],
    ],
  },
  recall_item: {
    internal: [
      ...['recall_id', 'seq', 'order_id', 'line_id', 'quantity', 'certain_quantity', 'amount_minor', 'currency'],
      ...['refund_id', 'refunded_quantity', 'refunded_minor', 'problem'],
    ],
  },

  // invoices
  invoice: {
    personal: ['buyer_id', 'taken_by_id', 'failure_note'],
    internal: [
      ...['id', 'order_id', 'status', 'title_kind', 'amount_minor', 'freight_minor', 'currency', 'issuer', 'problem'],
      ...['failure', 'number', 'issued_on', 'file_hash', 'red_number', 'red_issued_on', 'red_file_hash', 'moved_at'],
      ...['live', 'titled_at', 'emailed_at'],
    ],
    sensitive: ['title', 'tax_number', 'email'],
  },
  invoice_line: {
    internal: ['invoice_id', 'line_id', 'title', 'quantity', 'unit_price_minor', 'amount_minor', 'currency'],
  },
  invoice_step: { internal: ['invoice_id', 'status', 'reached_at'] },

  // reconciliation
  bill_day: {
    internal: [
      ...['id', 'type', 'day', 'status', 'lines_total', 'in_minor', 'out_minor', 'fee_minor', 'opening_minor'],
      ...['closing_minor', 'currency', 'hash', 'problem', 'next_try_at', 'fetched_at', 'closed_at'],
    ],
  },
  bill_line: {
    internal: [
      ...['id', 'bill_day_id', 'seq', 'kind', 'happened_at', 'channel_number', 'our_number', 'state', 'amount_minor'],
      ...['currency', 'fee_minor', 'fee_millionths', 'balance_minor'],
    ],
  },
  finding: {
    personal: ['resolved_by_id', 'reason'],
    internal: [
      ...[
        'id',
        'bill_day_id',
        'kind',
        'subject',
        'about',
        'our_number',
        'channel_number',
        'ours_minor',
        'theirs_minor',
      ],
      ...['currency', 'our_state', 'their_state', 'advice', 'status', 'found_at', 'resolved_at'],
    ],
  },

  // wechat
  wechat_push: {
    internal: ['id', 'identity', 'event', 'said', 'created_at', 'received_at'],
    sensitive: ['openid_index'],
  },

  // notifications
  message: {
    personal: ['user_id', 'params', 'read_at'],
    internal: ['id', 'kind', 'subject_id', 'occasion_id', 'created_at'],
  },
  message_delivery: {
    personal: ['user_id'],
    internal: [
      ...['id', 'kind', 'status', 'due_at', 'stale_at', 'template_id', 'intended_at', 'started_at', 'failures'],
      ...['code', 'result'],
    ],
  },
  message_grant: {
    personal: ['user_id'],
    internal: ['id', 'template_id', 'reported', 'pushed', 'taken', 'voided'],
  },
  message_setting: { personal: ['user_id', 'kind'], internal: ['off_since'] },

  // invariants
  invariant_run: { internal: ['id', 'started_at', 'finished_at', 'checked', 'skipped', 'unfinished', 'broken'] },
  invariant_verdict: { internal: ['name', 'outcome', 'problem', 'judged_at'] },
  invariant_incident: {
    internal: ['id', 'name', 'first_seen_at', 'last_seen_at', 'closed_at', 'broken_rows', 'open'],
    personal: ['samples'],
  },
};

/** Personal columns that say nothing of a buyer, so no account, export or erasure of one has them: of whom they are, and why they are kept. */
export const NOT_OF_BUYERS: Readonly<Record<string, string>> = {
  ...of('staff', 'the staff: their account, which lets them in'),
  ...of('staff_role', 'the staff: what they may do'),
  ...of('staff_recovery_code', 'the staff: their second factor'),
  'session.staff_id': 'the staff: where they are logged in',
  'audit_entry.actor': 'the staff: what they did, for which they answer',
  'image.staff_id': 'the staff: who has uploaded pictures of goods',
  ...of('catalog_import', 'the staff: which files of products they gave and applied, and why'),
  ...of('sku_price', 'the staff: what they decided about prices, and why'),
  'parcel.shipped_by_id': 'the staff: what they shipped, for which they answer',
  'parcel.delivered_by_id': 'the staff: what they said was handed over, for which they answer',
  'invoice.taken_by_id': 'the staff: which invoices they have taken to issue, for which they answer',
  ...of('payout', 'the staff: what they let be paid to suppliers, and why'),
  ...of('finding', 'the staff: which differences they have resolved, and why, for which they answer'),
  ...of('bulk_act', 'the staff: what they asked colleagues to let them do, and why'),
  'invariant_incident.samples': 'nobody by name: ids of rows, for 90 days after the incident has ended',
};

/** The personal and sensitive columns of a table, all for one reason. */
function of(table: string, why: string): Record<string, string> {
  const { personal = [], sensitive = [] } = COLUMNS[table] ?? {};
  return Object.fromEntries([...personal, ...sensitive].map((column) => [`${table}.${column}`, why]));
}

/** Why a personal text may stand in the database as it is; without a reason it must be sealed. */
export const PLAIN_BECAUSE: Readonly<Record<string, string>> = {
  'user.status': 'one of two words, which the guard asks for at each request',
  'consent.purpose': 'one of a few words, which is asked for at each use',
  'consent.kind': 'one of two words, which is asked for at each use',
  'look.actor_id': 'an id, by which the shop finds who looked',
  'look.category': 'one of a few words, which the person reads',
  'look.operation': 'the name of a query, which the person reads',
  'staff.login_name': 'chosen by the shop and typed at each login; the command that makes accounts is called with it',
  'staff.display_name': 'what colleagues see beside what was done; it is meant to be read by them',
  'staff.status': 'one of two words, which the guard asks for at each request',
  'invariant_incident.samples':
    'ids of rows, some of them of people, and amounts; operators look the rows up by them, and 90 days after it was mended they go',
  'audit_entry.actor': 'an id or the name of a command; it must be readable when it is asked who did it',
  'audit_entry.reason': 'written by an operator for other operators, who look for it by its words',
  'bulk_act.reason': 'written by an operator for whoever approves, and for the buyers, who read it with the refund',
  'payout.reason': 'written by an operator for other operators, who ask why it was paid',
  'catalog_import.started_by': 'an id or the name of a command; it must be readable when it is asked who did it',
  'catalog_import.decided_by': 'an id or the name of a command; it must be readable when it is asked who did it',
  'catalog_import.reason': 'written by an operator for other operators, who ask why a file was applied',
  'sku_price.set_by': 'an id or the name of a command; it must be readable when it is asked who did it',
  'sku_price.reason': 'written by an operator for other operators, who ask why a price is as it is',
  'refund.note': 'written by an operator for the buyer, who reads it with the refund',
  'finding.reason': 'written by an operator for other operators, who ask how a difference was resolved',
  'invoice.failure_note': 'written by an operator for the buyer, who reads it with the invoice',
  'message.params':
    'what was bought and how much came back, which the order says in plain as well; the person reads it',
  'message_setting.kind': 'one of a few words, which is asked for at each message',
};
