-- The database as it stands. Written by `npm run snapshot`.

CREATE TABLE `account` (
  `path` varchar(96) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `balance_minor` bigint(20) NOT NULL,
  `currency` char(3) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  PRIMARY KEY (`path`),
  CONSTRAINT `account_not_overdrawn` CHECK (`balance_minor` >= 0 or `path` like 'supplier:%:payable')
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `address` (
  `id` binary(16) NOT NULL,
  `user_id` binary(16) NOT NULL,
  `contents` varbinary(2400) DEFAULT NULL,
  `is_default` tinyint(1) NOT NULL,
  `removed_at` datetime(3) DEFAULT NULL,
  `sole_default` tinyint(1) GENERATED ALWAYS AS (if(`is_default`,1,NULL)) STORED,
  PRIMARY KEY (`id`),
  UNIQUE KEY `address_one_default` (`user_id`,`sole_default`),
  KEY `address_removed` (`removed_at`),
  CONSTRAINT `address_of` FOREIGN KEY (`user_id`) REFERENCES `user` (`id`),
  CONSTRAINT `address_contents_sealed` CHECK (octet_length(`contents`) > 29),
  CONSTRAINT `address_removed_says_nothing` CHECK (`contents` is null = (`removed_at` is not null)),
  CONSTRAINT `address_default_stands` CHECK (`removed_at` is null or `is_default` = 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `after_sale` (
  `id` binary(16) NOT NULL,
  `order_id` binary(16) NOT NULL,
  `buyer_id` binary(16) NOT NULL,
  `supplier_id` binary(16) NOT NULL,
  `kind` varchar(24) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `reason` varchar(24) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `status` varchar(16) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `is_unshipped` tinyint(1) NOT NULL,
  `is_appealed` tinyint(1) NOT NULL DEFAULT 0,
  `is_resaleable` tinyint(1) DEFAULT NULL,
  `freight_minor` bigint(20) NOT NULL,
  `amount_minor` bigint(20) NOT NULL,
  `currency` char(3) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `refund_id` binary(16) DEFAULT NULL,
  `carrier` varchar(32) CHARACTER SET ascii COLLATE ascii_general_ci DEFAULT NULL,
  `tracking_number` varbinary(320) DEFAULT NULL,
  `applied_at` datetime(3) NOT NULL,
  `sent_at` datetime(3) DEFAULT NULL,
  `due_at` datetime(3) DEFAULT NULL,
  `closed_at` datetime(3) DEFAULT NULL,
  `listed_at` datetime(3) GENERATED ALWAYS AS (coalesce(`due_at`,`closed_at`)) STORED,
  `tracked_at` datetime(3) GENERATED ALWAYS AS (if(`tracking_number` is null,NULL,`applied_at`)) STORED,
  PRIMARY KEY (`id`),
  UNIQUE KEY `after_sale_refund` (`refund_id`),
  KEY `after_sale_of_order` (`order_id`,`id`),
  KEY `after_sale_of_buyer` (`buyer_id`,`id`),
  KEY `after_sale_listed` (`status`,`listed_at`,`id`),
  KEY `after_sale_listed_of_supplier` (`supplier_id`,`status`,`listed_at`,`id`),
  KEY `after_sale_due` (`status`,`due_at`,`id`),
  KEY `after_sale_tracked` (`tracked_at`),
  CONSTRAINT `after_sale_order` FOREIGN KEY (`order_id`) REFERENCES `orders` (`id`),
  CONSTRAINT `after_sale_refund` FOREIGN KEY (`refund_id`) REFERENCES `refund` (`id`),
  CONSTRAINT `after_sale_open` CHECK (`due_at` is null = (`closed_at` is not null)),
  CONSTRAINT `after_sale_amount` CHECK (`freight_minor` >= 0 and `amount_minor` >= `freight_minor`),
  CONSTRAINT `after_sale_refunded` CHECK (`status` in ('REFUNDING','DONE') = (`refund_id` is not null)),
  CONSTRAINT `after_sale_sent` CHECK (`sent_at` is null = (`carrier` is null)),
  CONSTRAINT `after_sale_tracking_sealed` CHECK (octet_length(`tracking_number`) > 29)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `after_sale_image` (
  `image_id` binary(16) NOT NULL,
  `after_sale_id` binary(16) NOT NULL,
  `position` tinyint(4) NOT NULL,
  PRIMARY KEY (`image_id`),
  KEY `after_sale_image_of` (`after_sale_id`,`position`),
  CONSTRAINT `after_sale_image_case` FOREIGN KEY (`after_sale_id`) REFERENCES `after_sale` (`id`),
  CONSTRAINT `after_sale_image_of` FOREIGN KEY (`image_id`) REFERENCES `image` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `after_sale_line` (
  `after_sale_id` binary(16) NOT NULL,
  `line_id` binary(16) NOT NULL,
  `quantity` int(11) NOT NULL,
  `amount_minor` bigint(20) NOT NULL,
  PRIMARY KEY (`after_sale_id`,`line_id`),
  KEY `after_sale_line_of` (`line_id`),
  CONSTRAINT `after_sale_line_case` FOREIGN KEY (`after_sale_id`) REFERENCES `after_sale` (`id`),
  CONSTRAINT `after_sale_line_of` FOREIGN KEY (`line_id`) REFERENCES `order_line` (`id`),
  CONSTRAINT `after_sale_line_quantity` CHECK (`quantity` > 0),
  CONSTRAINT `after_sale_line_amount` CHECK (`amount_minor` >= 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `after_sale_step` (
  `id` binary(16) NOT NULL,
  `after_sale_id` binary(16) NOT NULL,
  `status` varchar(16) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `actor` varchar(16) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `note` varbinary(2400) DEFAULT NULL,
  `moved_at` datetime(3) NOT NULL,
  `noted_at` datetime(3) GENERATED ALWAYS AS (if(`note` is null,NULL,`moved_at`)) STORED,
  PRIMARY KEY (`id`),
  KEY `after_sale_step_of` (`after_sale_id`,`id`),
  KEY `after_sale_step_noted` (`noted_at`),
  CONSTRAINT `after_sale_step_case` FOREIGN KEY (`after_sale_id`) REFERENCES `after_sale` (`id`),
  CONSTRAINT `after_sale_step_sealed` CHECK (octet_length(`note`) > 29)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `allotment` (
  `id` binary(16) NOT NULL,
  `sku_id` binary(16) NOT NULL,
  `units_max` int(11) NOT NULL,
  `units_taken` int(11) NOT NULL DEFAULT 0,
  PRIMARY KEY (`id`),
  CONSTRAINT `allotment_not_exceeded` CHECK (`units_taken` between 0 and `units_max`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `audit_entry` (
  `id` bigint(20) unsigned NOT NULL AUTO_INCREMENT,
  `actor` varchar(64) NOT NULL,
  `kind` varchar(64) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `subject_type` varchar(16) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `subject_id` binary(16) NOT NULL,
  `reason` varchar(255) NOT NULL,
  `facts_before` text NOT NULL,
  `facts_after` text NOT NULL,
  `request` text DEFAULT NULL,
  `acted_at` datetime(3) NOT NULL,
  `recorded_at` datetime(3) NOT NULL DEFAULT current_timestamp(3),
  PRIMARY KEY (`id`),
  KEY `audit_entry_when` (`recorded_at`),
  KEY `audit_entry_by` (`actor`,`recorded_at`),
  KEY `audit_entry_about` (`subject_type`,`subject_id`,`recorded_at`),
  KEY `audit_entry_what` (`kind`,`recorded_at`),
  CONSTRAINT `audit_entry_has_actor` CHECK (`actor` <> ''),
  CONSTRAINT `audit_entry_has_reason` CHECK (trim(`reason`) <> ''),
  CONSTRAINT `audit_entry_has_before` CHECK (json_valid(`facts_before`)),
  CONSTRAINT `audit_entry_has_after` CHECK (json_valid(`facts_after`))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `audit_link` (
  `seq` bigint(20) unsigned NOT NULL,
  `entry_id` bigint(20) unsigned NOT NULL,
  `hash` binary(32) NOT NULL,
  PRIMARY KEY (`seq`),
  UNIQUE KEY `audit_link_once` (`entry_id`),
  CONSTRAINT `audit_link_of` FOREIGN KEY (`entry_id`) REFERENCES `audit_entry` (`id`),
  CONSTRAINT `audit_link_from_one` CHECK (`seq` > 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `avatar` (
  `user_id` binary(16) NOT NULL,
  `image_id` binary(16) NOT NULL,
  PRIMARY KEY (`user_id`),
  UNIQUE KEY `avatar_image` (`image_id`),
  CONSTRAINT `avatar_of` FOREIGN KEY (`user_id`) REFERENCES `user` (`id`),
  CONSTRAINT `avatar_shows` FOREIGN KEY (`image_id`) REFERENCES `image` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `bill_day` (
  `id` binary(16) NOT NULL,
  `type` varchar(16) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `day` date NOT NULL,
  `status` varchar(16) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `lines_total` int(11) NOT NULL DEFAULT 0,
  `in_minor` bigint(20) NOT NULL DEFAULT 0,
  `out_minor` bigint(20) NOT NULL DEFAULT 0,
  `fee_minor` bigint(20) NOT NULL DEFAULT 0,
  `opening_minor` bigint(20) DEFAULT NULL,
  `closing_minor` bigint(20) DEFAULT NULL,
  `currency` char(3) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `hash` char(40) CHARACTER SET ascii COLLATE ascii_bin DEFAULT NULL,
  `problem` varchar(255) DEFAULT NULL,
  `next_try_at` datetime(3) NOT NULL,
  `fetched_at` datetime(3) DEFAULT NULL,
  `closed_at` datetime(3) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `bill_day_once` (`type`,`day`),
  KEY `bill_day_by_status` (`status`,`day`,`type`),
  CONSTRAINT `bill_day_fetched` CHECK (`fetched_at` is null = (`status` = 'WAITING')),
  CONSTRAINT `bill_day_closed` CHECK (`closed_at` is null = (`status` <> 'CLOSED'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `bill_line` (
  `id` bigint(20) unsigned NOT NULL AUTO_INCREMENT,
  `bill_day_id` binary(16) NOT NULL,
  `seq` int(11) NOT NULL,
  `kind` varchar(16) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `happened_at` datetime(3) NOT NULL,
  `channel_number` varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `our_number` varchar(64) CHARACTER SET ascii COLLATE ascii_bin DEFAULT NULL,
  `state` varchar(16) CHARACTER SET ascii COLLATE ascii_general_ci DEFAULT NULL,
  `amount_minor` bigint(20) NOT NULL,
  `currency` char(3) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `fee_minor` bigint(20) NOT NULL,
  `fee_millionths` int(11) NOT NULL,
  `balance_minor` bigint(20) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `bill_line_once` (`bill_day_id`,`seq`),
  KEY `bill_line_of_channel` (`channel_number`,`kind`),
  KEY `bill_line_of_ours` (`our_number`,`kind`),
  CONSTRAINT `bill_line_day` FOREIGN KEY (`bill_day_id`) REFERENCES `bill_day` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `bulk_act` (
  `id` binary(16) NOT NULL,
  `kind` varchar(64) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `status` varchar(16) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `input` text NOT NULL,
  `reason` varchar(255) NOT NULL,
  `items_total` int(11) NOT NULL,
  `amount_minor` bigint(20) NOT NULL,
  `currency` char(3) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `items_tried` int(11) NOT NULL,
  `proposed_by_id` binary(16) NOT NULL,
  `proposed_at` datetime(3) NOT NULL,
  `expires_at` datetime(3) NOT NULL,
  `decided_by_id` binary(16) DEFAULT NULL,
  `decided_at` datetime(3) DEFAULT NULL,
  PRIMARY KEY (`id`),
  KEY `bulk_act_to_decide` (`status`,`expires_at`),
  KEY `bulk_act_proposer` (`proposed_by_id`),
  CONSTRAINT `bulk_act_proposer` FOREIGN KEY (`proposed_by_id`) REFERENCES `staff` (`id`),
  CONSTRAINT `bulk_act_needs_two` CHECK (`status` not in ('APPROVED','DONE') or `decided_by_id` is not null and `decided_by_id` <> `proposed_by_id`),
  CONSTRAINT `bulk_act_within` CHECK (`items_tried` between 0 and `items_total`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `bulk_failure` (
  `bulk_act_id` binary(16) NOT NULL,
  `subject_id` binary(16) NOT NULL,
  `subject_type` varchar(16) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `problem` varchar(64) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  PRIMARY KEY (`bulk_act_id`,`subject_id`),
  CONSTRAINT `bulk_failure_of` FOREIGN KEY (`bulk_act_id`) REFERENCES `bulk_act` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `capture` (
  `id` binary(16) NOT NULL,
  `payment_id` binary(16) NOT NULL,
  `checkout_id` binary(16) NOT NULL,
  `transaction_id` varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `purpose` varchar(16) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `amount_minor` bigint(20) NOT NULL,
  `currency` char(3) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `refunding_minor` bigint(20) NOT NULL DEFAULT 0,
  `refunded_minor` bigint(20) NOT NULL DEFAULT 0,
  `refunds` tinyint(3) unsigned NOT NULL DEFAULT 0,
  `refund_submitted_at` datetime(3) DEFAULT NULL,
  `succeeded_at` datetime(3) NOT NULL,
  `honours` tinyint(1) GENERATED ALWAYS AS (if(`purpose` = 'CHECKOUT',1,NULL)) STORED,
  PRIMARY KEY (`id`),
  UNIQUE KEY `capture_transaction` (`transaction_id`),
  UNIQUE KEY `capture_honours_checkout_once` (`checkout_id`,`honours`),
  KEY `capture_of_payment` (`payment_id`),
  KEY `capture_succeeded` (`succeeded_at`),
  CONSTRAINT `capture_payment` FOREIGN KEY (`payment_id`) REFERENCES `payment` (`id`),
  CONSTRAINT `capture_amount` CHECK (`amount_minor` > 0),
  CONSTRAINT `capture_not_over_refunded` CHECK (0 <= `refunded_minor` and `refunded_minor` <= `refunding_minor` and `refunding_minor` <= `amount_minor`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `catalog_import` (
  `id` binary(16) NOT NULL,
  `status` varchar(24) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `makes_missing` tinyint(1) NOT NULL,
  `lines_total` int(11) NOT NULL,
  `mistakes_total` int(11) NOT NULL,
  `lines_applied` int(11) NOT NULL,
  `lines_failed` int(11) NOT NULL,
  `applied_through` int(11) NOT NULL,
  `started_by` varchar(64) NOT NULL,
  `started_at` datetime(3) NOT NULL DEFAULT current_timestamp(3),
  `decided_by` varchar(64) DEFAULT NULL,
  `reason` varchar(255) DEFAULT NULL,
  `ended_at` datetime(3) DEFAULT NULL,
  PRIMARY KEY (`id`),
  KEY `catalog_import_standing` (`status`,`started_at`),
  KEY `catalog_import_ended` (`ended_at`),
  CONSTRAINT `catalog_import_within` CHECK (`lines_applied` + `lines_failed` between 0 and `lines_total`),
  CONSTRAINT `catalog_import_decided` CHECK (`status` not in ('APPLYING','DONE','DONE_WITH_FAILURES') or `decided_by` is not null and `reason` is not null)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `catalog_import_line` (
  `import_id` binary(16) NOT NULL,
  `line_number` int(11) NOT NULL,
  `supplier_name` varchar(64) NOT NULL,
  `category_path` varchar(210) NOT NULL,
  `product_name` varchar(128) NOT NULL,
  `description` text NOT NULL,
  `return_rule` varchar(24) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `option_names` varchar(640) NOT NULL,
  `option_values` varchar(640) NOT NULL,
  `code` varchar(64) NOT NULL,
  `barcode` varchar(14) CHARACTER SET ascii COLLATE ascii_general_ci DEFAULT NULL,
  `weight_grams` int(11) DEFAULT NULL,
  `price_minor` bigint(20) NOT NULL,
  `currency` char(3) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL DEFAULT 'CNY',
  `quantity` int(11) NOT NULL,
  `low_stock_units` int(11) DEFAULT NULL,
  `is_on_sale` tinyint(1) NOT NULL,
  `sku_id` binary(16) DEFAULT NULL,
  `product_id` binary(16) DEFAULT NULL,
  `products_alike` int(11) NOT NULL DEFAULT 0,
  `first_line` int(11) DEFAULT NULL,
  `nth` int(11) DEFAULT NULL,
  `status` varchar(8) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL DEFAULT 'WAITING',
  PRIMARY KEY (`import_id`,`line_number`),
  KEY `catalog_import_line_code` (`import_id`,`code`),
  KEY `catalog_import_line_product` (`import_id`,`first_line`,`line_number`),
  CONSTRAINT `catalog_import_line_of` FOREIGN KEY (`import_id`) REFERENCES `catalog_import` (`id`),
  CONSTRAINT `catalog_import_line_status` CHECK (`status` in ('WAITING','APPLIED','FAILED'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `catalog_import_mistake` (
  `import_id` binary(16) NOT NULL,
  `line_number` int(11) NOT NULL,
  `column_name` varchar(16) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `kind` varchar(32) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `detail` varchar(64) NOT NULL,
  PRIMARY KEY (`import_id`,`line_number`,`column_name`,`kind`,`detail`),
  CONSTRAINT `catalog_import_mistake_of` FOREIGN KEY (`import_id`) REFERENCES `catalog_import` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `category` (
  `id` binary(16) NOT NULL,
  `parent_id` binary(16) DEFAULT NULL,
  `name_zh` varchar(32) NOT NULL,
  `name_en` varchar(32) NOT NULL,
  `position` int(11) NOT NULL,
  `is_shown` tinyint(1) NOT NULL,
  `beside` binary(16) GENERATED ALWAYS AS (coalesce(`parent_id`,repeat(char(0),16))) STORED,
  PRIMARY KEY (`id`),
  UNIQUE KEY `category_name` (`beside`,`name_zh`),
  KEY `category_parent` (`parent_id`),
  CONSTRAINT `category_parent` FOREIGN KEY (`parent_id`) REFERENCES `category` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `channel_event` (
  `id` varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `event_type` varchar(32) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `resource` longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL CHECK (json_valid(`resource`)),
  `received_at` datetime(3) NOT NULL DEFAULT current_timestamp(3),
  PRIMARY KEY (`id`),
  KEY `channel_event_age` (`received_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `checkout` (
  `id` binary(16) NOT NULL,
  `buyer_id` binary(16) NOT NULL,
  `status` varchar(16) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `payable_minor` bigint(20) NOT NULL,
  `currency` char(3) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `placed_at` datetime(3) NOT NULL,
  `pay_until` datetime(3) NOT NULL,
  PRIMARY KEY (`id`),
  KEY `checkout_of_buyer` (`buyer_id`,`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `consent` (
  `id` bigint(20) unsigned NOT NULL AUTO_INCREMENT,
  `user_id` binary(16) NOT NULL,
  `purpose` varchar(24) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `version` smallint(5) unsigned NOT NULL,
  `kind` varchar(16) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `language` char(2) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `acted_at` datetime(3) NOT NULL DEFAULT current_timestamp(3),
  PRIMARY KEY (`id`),
  KEY `consent_of` (`user_id`,`purpose`,`id`),
  CONSTRAINT `consent_user` FOREIGN KEY (`user_id`) REFERENCES `user` (`id`),
  CONSTRAINT `consent_version` CHECK (`version` > 0),
  CONSTRAINT `consent_kind` CHECK (`kind` in ('GIVEN','WITHDRAWN')),
  CONSTRAINT `consent_language` CHECK (`language` in ('zh','en'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `finding` (
  `id` binary(16) NOT NULL,
  `bill_day_id` binary(16) NOT NULL,
  `kind` varchar(16) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `subject` varchar(16) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `about` varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `our_number` varchar(64) CHARACTER SET ascii COLLATE ascii_bin DEFAULT NULL,
  `channel_number` varchar(64) CHARACTER SET ascii COLLATE ascii_bin DEFAULT NULL,
  `ours_minor` bigint(20) DEFAULT NULL,
  `theirs_minor` bigint(20) DEFAULT NULL,
  `currency` char(3) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `our_state` varchar(16) CHARACTER SET ascii COLLATE ascii_general_ci DEFAULT NULL,
  `their_state` varchar(16) CHARACTER SET ascii COLLATE ascii_general_ci DEFAULT NULL,
  `advice` varchar(24) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `status` varchar(16) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `found_at` datetime(3) NOT NULL,
  `resolved_at` datetime(3) DEFAULT NULL,
  `resolved_by_id` binary(16) DEFAULT NULL,
  `reason` varchar(255) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `finding_once` (`bill_day_id`,`subject`,`kind`,`about`),
  KEY `finding_by_status` (`status`,`kind`,`id`),
  CONSTRAINT `finding_day` FOREIGN KEY (`bill_day_id`) REFERENCES `bill_day` (`id`),
  CONSTRAINT `finding_resolved` CHECK (`resolved_at` is null = (`status` = 'OPEN')),
  CONSTRAINT `finding_resolved_by` CHECK ((`resolved_by_id` is not null and `reason` is not null) = (`status` = 'RESOLVED'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `freight_template` (
  `id` binary(16) NOT NULL,
  `supplier_id` binary(16) NOT NULL,
  `name` varchar(64) NOT NULL,
  `revision` int(11) NOT NULL,
  `terms` text NOT NULL,
  `currency` char(3) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `freight_template_own` (`id`,`supplier_id`),
  KEY `freight_template_of_supplier` (`supplier_id`,`id`),
  CONSTRAINT `freight_template_supplier` FOREIGN KEY (`supplier_id`) REFERENCES `supplier` (`id`),
  CONSTRAINT `freight_template_terms` CHECK (json_valid(`terms`))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `idempotency` (
  `actor_id` binary(16) NOT NULL,
  `idempotency_key` varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `request_hash` binary(32) NOT NULL,
  `result_id` binary(16) NOT NULL,
  `created_at` datetime(3) NOT NULL DEFAULT current_timestamp(3),
  PRIMARY KEY (`actor_id`,`idempotency_key`),
  KEY `idempotency_created` (`created_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `image` (
  `id` binary(16) NOT NULL,
  `owner_id` binary(16) DEFAULT NULL,
  `staff_id` binary(16) DEFAULT NULL,
  `purpose` varchar(16) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `type` varchar(8) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `size_bytes` int(10) unsigned NOT NULL,
  `status` varchar(16) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `problem` varchar(16) CHARACTER SET ascii COLLATE ascii_general_ci DEFAULT NULL,
  `width` int(10) unsigned DEFAULT NULL,
  `height` int(10) unsigned DEFAULT NULL,
  `blurhash` varchar(64) CHARACTER SET ascii COLLATE ascii_bin DEFAULT NULL,
  `started_at` datetime(3) NOT NULL,
  `upload_until` datetime(3) NOT NULL,
  `uploaded_at` datetime(3) DEFAULT NULL,
  `is_kept` tinyint(1) NOT NULL DEFAULT 0,
  PRIMARY KEY (`id`),
  KEY `image_of_owner` (`owner_id`,`id`),
  KEY `image_of_day` (`owner_id`,`started_at`),
  KEY `image_open` (`status`,`id`),
  KEY `image_of_staff` (`staff_id`,`started_at`),
  CONSTRAINT `image_owner` FOREIGN KEY (`owner_id`) REFERENCES `user` (`id`),
  CONSTRAINT `image_staff` FOREIGN KEY (`staff_id`) REFERENCES `staff` (`id`),
  CONSTRAINT `image_size` CHECK (`size_bytes` > 0),
  CONSTRAINT `image_seen` CHECK (`status` = 'READY' = (`width` is not null and `height` is not null and `blurhash` is not null)),
  CONSTRAINT `image_problem` CHECK (`status` = 'REFUSED' = (`problem` is not null)),
  CONSTRAINT `image_whose` CHECK (`owner_id` is null <> (`staff_id` is null) and `purpose` = 'PRODUCT' = (`staff_id` is not null))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `image_rendition` (
  `image_id` binary(16) NOT NULL,
  `format` varchar(8) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `width` int(10) unsigned NOT NULL,
  `size_bytes` int(10) unsigned NOT NULL,
  PRIMARY KEY (`image_id`,`format`,`width`),
  CONSTRAINT `image_rendition_of` FOREIGN KEY (`image_id`) REFERENCES `image` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `invariant_incident` (
  `id` bigint(20) unsigned NOT NULL AUTO_INCREMENT,
  `name` varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `first_seen_at` datetime(3) NOT NULL,
  `last_seen_at` datetime(3) NOT NULL,
  `closed_at` datetime(3) DEFAULT NULL,
  `broken_rows` int(11) NOT NULL,
  `samples` longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL CHECK (json_valid(`samples`)),
  `open` tinyint(1) GENERATED ALWAYS AS (if(`closed_at` is null,1,NULL)) STORED,
  PRIMARY KEY (`id`),
  UNIQUE KEY `invariant_incident_one_open` (`name`,`open`),
  KEY `invariant_incident_closed` (`closed_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `invariant_run` (
  `id` bigint(20) unsigned NOT NULL AUTO_INCREMENT,
  `started_at` datetime(3) NOT NULL,
  `finished_at` datetime(3) DEFAULT NULL,
  `checked` int(11) NOT NULL DEFAULT 0,
  `skipped` int(11) NOT NULL DEFAULT 0,
  `unfinished` int(11) NOT NULL DEFAULT 0,
  `broken` int(11) NOT NULL DEFAULT 0,
  PRIMARY KEY (`id`),
  KEY `invariant_run_finished` (`finished_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `invariant_verdict` (
  `name` varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `outcome` varchar(16) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `problem` varchar(255) DEFAULT NULL,
  `judged_at` datetime(3) DEFAULT NULL,
  PRIMARY KEY (`name`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `invoice` (
  `id` binary(16) NOT NULL,
  `order_id` binary(16) NOT NULL,
  `buyer_id` binary(16) NOT NULL,
  `status` varchar(16) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `title_kind` varchar(16) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `title` varbinary(640) DEFAULT NULL,
  `tax_number` varbinary(320) DEFAULT NULL,
  `email` varbinary(1280) DEFAULT NULL,
  `amount_minor` bigint(20) DEFAULT NULL,
  `freight_minor` bigint(20) DEFAULT NULL,
  `currency` char(3) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `issuer` varchar(32) CHARACTER SET ascii COLLATE ascii_general_ci DEFAULT NULL,
  `taken_by_id` binary(16) DEFAULT NULL,
  `problem` varchar(255) DEFAULT NULL,
  `failure` varchar(16) CHARACTER SET ascii COLLATE ascii_general_ci DEFAULT NULL,
  `failure_note` varchar(255) DEFAULT NULL,
  `number` char(20) CHARACTER SET ascii COLLATE ascii_general_ci DEFAULT NULL,
  `issued_on` date DEFAULT NULL,
  `file_hash` binary(32) DEFAULT NULL,
  `red_number` char(20) CHARACTER SET ascii COLLATE ascii_general_ci DEFAULT NULL,
  `red_issued_on` date DEFAULT NULL,
  `red_file_hash` binary(32) DEFAULT NULL,
  `moved_at` datetime(3) NOT NULL,
  `live` binary(16) GENERATED ALWAYS AS (if(`status` in ('REQUESTED','ISSUING','ISSUED','REVERSING'),`order_id`,NULL)) STORED,
  `titled_at` datetime(3) GENERATED ALWAYS AS (if(`title` is null,NULL,`moved_at`)) STORED,
  `emailed_at` datetime(3) GENERATED ALWAYS AS (if(`email` is null,NULL,`moved_at`)) STORED,
  PRIMARY KEY (`id`),
  UNIQUE KEY `invoice_live` (`live`),
  UNIQUE KEY `invoice_number` (`number`),
  UNIQUE KEY `invoice_red_number` (`red_number`),
  KEY `invoice_of_order` (`order_id`,`id`),
  KEY `invoice_of_buyer` (`buyer_id`,`id`),
  KEY `invoice_by_status` (`status`,`id`),
  KEY `invoice_titled` (`titled_at`),
  KEY `invoice_emailed` (`emailed_at`),
  CONSTRAINT `invoice_order` FOREIGN KEY (`order_id`) REFERENCES `orders` (`id`),
  CONSTRAINT `invoice_sealed` CHECK (octet_length(`title`) > 29 and octet_length(`tax_number`) > 29 and octet_length(`email`) > 29),
  CONSTRAINT `invoice_failed` CHECK (`status` = 'FAILED' = (`failure` is not null)),
  CONSTRAINT `invoice_issued` CHECK (`status` in ('ISSUED','REVERSING','REVERSED') = (`number` is not null) and `number` is null = (`issued_on` is null) and `number` is null = (`file_hash` is null)),
  CONSTRAINT `invoice_reversed` CHECK (`status` = 'REVERSED' = (`red_number` is not null) and `red_number` is null = (`red_issued_on` is null) and `red_number` is null = (`red_file_hash` is null))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `invoice_line` (
  `invoice_id` binary(16) NOT NULL,
  `line_id` binary(16) NOT NULL,
  `title` varchar(255) NOT NULL,
  `quantity` int(11) NOT NULL,
  `unit_price_minor` bigint(20) NOT NULL,
  `amount_minor` bigint(20) NOT NULL,
  `currency` char(3) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  PRIMARY KEY (`invoice_id`,`line_id`),
  KEY `invoice_line_line` (`line_id`),
  CONSTRAINT `invoice_line_line` FOREIGN KEY (`line_id`) REFERENCES `order_line` (`id`),
  CONSTRAINT `invoice_line_of` FOREIGN KEY (`invoice_id`) REFERENCES `invoice` (`id`),
  CONSTRAINT `invoice_line_amount` CHECK (`quantity` > 0 and `amount_minor` > 0 and `amount_minor` <= `quantity` * `unit_price_minor`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `invoice_step` (
  `invoice_id` binary(16) NOT NULL,
  `status` varchar(16) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `reached_at` datetime(3) NOT NULL,
  PRIMARY KEY (`invoice_id`,`status`),
  CONSTRAINT `invoice_step_of` FOREIGN KEY (`invoice_id`) REFERENCES `invoice` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `job` (
  `id` bigint(20) unsigned NOT NULL AUTO_INCREMENT,
  `name` varchar(128) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `args` longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL CHECK (json_valid(`args`)),
  `unique_key` varchar(128) CHARACTER SET ascii COLLATE ascii_general_ci DEFAULT NULL,
  `status` varchar(8) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL DEFAULT 'READY',
  `run_at` datetime(3) DEFAULT NULL,
  `attempt` int(10) unsigned NOT NULL DEFAULT 0,
  `lease` int(10) unsigned NOT NULL DEFAULT 0,
  `repeat_seconds` int(10) unsigned DEFAULT NULL,
  `reason` text DEFAULT NULL,
  `created_at` datetime(3) NOT NULL DEFAULT current_timestamp(3),
  `ended_at` datetime(3) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `job_unique_key` (`unique_key`),
  KEY `job_due` (`run_at`),
  KEY `job_ended` (`status`,`ended_at`),
  CONSTRAINT `job_dead_has_reason` CHECK (`status` <> 'DEAD' or `reason` is not null),
  CONSTRAINT `job_ready_is_due` CHECK (`status` = 'READY' = (`run_at` is not null))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `lifted_block` (
  `id` binary(16) NOT NULL,
  `user_id` binary(16) NOT NULL,
  `lifted_at` datetime(3) NOT NULL DEFAULT current_timestamp(3),
  PRIMARY KEY (`id`),
  KEY `lifted_block_age` (`lifted_at`),
  KEY `lifted_block_by` (`user_id`),
  CONSTRAINT `lifted_block_by` FOREIGN KEY (`user_id`) REFERENCES `user` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `look` (
  `id` binary(16) NOT NULL,
  `user_id` binary(16) NOT NULL,
  `actor_id` varchar(64) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `category` varchar(32) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `operation` varchar(64) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `looked_at` datetime(3) NOT NULL DEFAULT current_timestamp(3),
  PRIMARY KEY (`id`),
  KEY `look_of` (`user_id`,`id`),
  KEY `look_by_operation` (`user_id`,`operation`,`looked_at`),
  KEY `look_age` (`looked_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `message` (
  `id` binary(16) NOT NULL,
  `user_id` binary(16) NOT NULL,
  `kind` varchar(32) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `subject_id` binary(16) NOT NULL,
  `occasion_id` binary(16) NOT NULL,
  `params` longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL CHECK (json_valid(`params`)),
  `created_at` datetime(3) NOT NULL,
  `read_at` datetime(3) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `message_once` (`user_id`,`kind`,`occasion_id`),
  KEY `message_of_user` (`user_id`,`id`),
  KEY `message_unread` (`user_id`,`read_at`,`id`),
  KEY `message_created` (`created_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `message_delivery` (
  `id` binary(16) NOT NULL,
  `user_id` binary(16) NOT NULL,
  `kind` varchar(32) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `status` varchar(16) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `due_at` datetime(3) NOT NULL,
  `stale_at` datetime(3) NOT NULL,
  `template_id` varchar(64) CHARACTER SET ascii COLLATE ascii_bin DEFAULT NULL,
  `intended_at` datetime(3) DEFAULT NULL,
  `started_at` datetime(3) DEFAULT NULL,
  `failures` int(11) NOT NULL DEFAULT 0,
  `code` varchar(32) CHARACTER SET ascii COLLATE ascii_general_ci DEFAULT NULL,
  `result` varchar(16) CHARACTER SET ascii COLLATE ascii_general_ci DEFAULT NULL,
  PRIMARY KEY (`id`),
  KEY `message_delivery_due` (`status`,`due_at`,`id`),
  KEY `message_delivery_started` (`status`,`started_at`),
  KEY `message_delivery_sent` (`user_id`,`intended_at`),
  CONSTRAINT `message_delivery_of` FOREIGN KEY (`id`) REFERENCES `message` (`id`) ON DELETE CASCADE,
  CONSTRAINT `message_delivery_intended` CHECK (`status` in ('WAITING','DROPPED','REFUSED') or `intended_at` is not null and `template_id` is not null)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `message_grant` (
  `id` binary(16) NOT NULL,
  `user_id` binary(16) NOT NULL,
  `template_id` varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `reported` int(11) NOT NULL DEFAULT 0,
  `pushed` int(11) NOT NULL DEFAULT 0,
  `taken` int(11) NOT NULL DEFAULT 0,
  `voided` int(11) NOT NULL DEFAULT 0,
  PRIMARY KEY (`id`),
  UNIQUE KEY `message_grant_once` (`user_id`,`template_id`),
  CONSTRAINT `message_grant_left` CHECK (`taken` >= 0 and `voided` >= 0 and `taken` + `voided` <= greatest(`reported`,`pushed`))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `message_setting` (
  `user_id` binary(16) NOT NULL,
  `kind` varchar(32) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `off_since` datetime(3) NOT NULL,
  PRIMARY KEY (`user_id`,`kind`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `offer` (
  `id` binary(16) NOT NULL,
  `product_id` binary(16) NOT NULL,
  `kind` varchar(16) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `revision` int(11) NOT NULL,
  `size` int(11) NOT NULL,
  `ttl_seconds` int(11) NOT NULL,
  `units_per_order` int(11) NOT NULL,
  `units_per_buyer` int(11) NOT NULL,
  `starts_at` datetime(3) NOT NULL,
  `ends_at` datetime(3) NOT NULL,
  `frozen_at` datetime(3) DEFAULT NULL,
  PRIMARY KEY (`id`),
  KEY `offer_of_product` (`product_id`,`ends_at`),
  CONSTRAINT `offer_size` CHECK (`size` between 2 and 100),
  CONSTRAINT `offer_limit` CHECK (`units_per_buyer` > 0),
  CONSTRAINT `offer_lasts` CHECK (`starts_at` < `ends_at`),
  CONSTRAINT `offer_order_limit` CHECK (`units_per_order` > 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `offer_buyer` (
  `offer_id` binary(16) NOT NULL,
  `buyer_id` binary(16) NOT NULL,
  `units` int(11) NOT NULL,
  PRIMARY KEY (`offer_id`,`buyer_id`),
  CONSTRAINT `offer_buyer_units` CHECK (`units` >= 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `offer_price` (
  `offer_id` binary(16) NOT NULL,
  `revision` int(11) NOT NULL,
  `sku_id` binary(16) NOT NULL,
  `allotment_id` binary(16) NOT NULL,
  `price_minor` bigint(20) NOT NULL,
  `currency` char(3) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  PRIMARY KEY (`offer_id`,`revision`,`sku_id`),
  CONSTRAINT `offer_price_of` FOREIGN KEY (`offer_id`) REFERENCES `offer` (`id`),
  CONSTRAINT `offer_price_minor` CHECK (`price_minor` >= 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `orders` (
  `id` binary(16) NOT NULL,
  `checkout_id` binary(16) NOT NULL,
  `buyer_id` binary(16) NOT NULL,
  `supplier_id` binary(16) NOT NULL,
  `status` varchar(24) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `awaits_team` tinyint(1) NOT NULL,
  `hold` tinyint(4) NOT NULL,
  `freight_minor` bigint(20) NOT NULL DEFAULT 0,
  `payable_minor` bigint(20) NOT NULL,
  `refunding_minor` bigint(20) NOT NULL DEFAULT 0,
  `refunded_minor` bigint(20) NOT NULL DEFAULT 0,
  `currency` char(3) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `placed_at` datetime(3) NOT NULL,
  `delivery` varbinary(2400) DEFAULT NULL,
  `addressed_at` datetime(3) GENERATED ALWAYS AS (if(`delivery` is null,NULL,`placed_at`)) STORED,
  `to_fulfil_at` datetime(3) DEFAULT NULL,
  `receive_by` datetime(3) DEFAULT NULL,
  `is_receipt_extended` tinyint(1) NOT NULL DEFAULT 0,
  `received_at` datetime(3) DEFAULT NULL,
  `completes_at` datetime(3) DEFAULT NULL,
  `due_at` datetime(3) GENERATED ALWAYS AS (case `status` when 'TO_FULFIL' then `to_fulfil_at` when 'SHIPPED' then `receive_by` when 'RECEIVED' then `completes_at` end) STORED,
  `open_after_sales` int(11) NOT NULL DEFAULT 0,
  PRIMARY KEY (`id`),
  KEY `orders_of_checkout` (`checkout_id`),
  KEY `orders_of_buyer` (`buyer_id`,`id`),
  KEY `orders_addressed` (`addressed_at`),
  KEY `orders_due` (`status`,`due_at`,`id`),
  KEY `orders_due_of_supplier` (`supplier_id`,`status`,`due_at`,`id`),
  KEY `orders_of_buyer_by_status` (`buyer_id`,`status`,`id`),
  CONSTRAINT `orders_refunded` CHECK (0 <= `refunded_minor` and `refunded_minor` <= `refunding_minor` and `refunding_minor` <= `payable_minor`),
  CONSTRAINT `orders_delivery_sealed` CHECK (octet_length(`delivery`) > 29),
  CONSTRAINT `orders_freight` CHECK (`freight_minor` between 0 and `payable_minor`),
  CONSTRAINT `orders_open_after_sales` CHECK (`open_after_sales` >= 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `order_freight` (
  `order_id` binary(16) NOT NULL,
  `template_id` binary(16) NOT NULL,
  `name` varchar(64) NOT NULL,
  `region` char(2) CHARACTER SET ascii COLLATE ascii_general_ci DEFAULT NULL,
  `weight_grams` bigint(20) NOT NULL,
  `goods_minor` bigint(20) NOT NULL,
  `first_grams` int(11) NOT NULL,
  `first_minor` bigint(20) NOT NULL,
  `step_grams` int(11) NOT NULL,
  `step_minor` bigint(20) NOT NULL,
  `free_from_minor` bigint(20) DEFAULT NULL,
  `amount_minor` bigint(20) NOT NULL,
  `currency` char(3) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  PRIMARY KEY (`order_id`,`template_id`),
  CONSTRAINT `order_freight_of` FOREIGN KEY (`order_id`) REFERENCES `orders` (`id`),
  CONSTRAINT `order_freight_steps` CHECK (`step_grams` > 0),
  CONSTRAINT `order_freight_amount` CHECK (`amount_minor` >= 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `order_line` (
  `id` binary(16) NOT NULL,
  `order_id` binary(16) NOT NULL,
  `sku_id` binary(16) NOT NULL,
  `allotment_id` binary(16) DEFAULT NULL,
  `title` varchar(257) NOT NULL,
  `return_rule` varchar(24) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL DEFAULT 'SEVEN_DAYS',
  `quantity` int(11) NOT NULL,
  `shipped_quantity` int(11) NOT NULL DEFAULT 0,
  `cancelled_quantity` int(11) NOT NULL DEFAULT 0,
  `restocked_quantity` int(11) NOT NULL DEFAULT 0,
  `unit_price_minor` bigint(20) NOT NULL,
  `single_price_minor` bigint(20) DEFAULT NULL,
  `amount_minor` bigint(20) NOT NULL,
  `refunding_quantity` int(11) NOT NULL DEFAULT 0,
  `refunding_minor` bigint(20) NOT NULL DEFAULT 0,
  `claimed_quantity` int(11) NOT NULL DEFAULT 0,
  `withheld_quantity` int(11) NOT NULL DEFAULT 0,
  PRIMARY KEY (`id`),
  UNIQUE KEY `order_line_once` (`order_id`,`sku_id`),
  KEY `order_line_of_sku` (`sku_id`,`id`),
  CONSTRAINT `order_line_order` FOREIGN KEY (`order_id`) REFERENCES `orders` (`id`),
  CONSTRAINT `order_line_quantity` CHECK (`quantity` > 0),
  CONSTRAINT `order_line_amount` CHECK (`amount_minor` = `quantity` * `unit_price_minor`),
  CONSTRAINT `order_line_restocked` CHECK (`restocked_quantity` between 0 and `shipped_quantity`),
  CONSTRAINT `order_line_refunding` CHECK (`refunding_quantity` between `cancelled_quantity` and `quantity`),
  CONSTRAINT `order_line_refunding_amount` CHECK (`refunding_minor` between 0 and `amount_minor`),
  CONSTRAINT `order_line_shipped` CHECK (`shipped_quantity` >= 0 and `cancelled_quantity` >= 0 and `shipped_quantity` + `cancelled_quantity` + `withheld_quantity` <= `quantity`),
  CONSTRAINT `order_line_claimed` CHECK (`claimed_quantity` >= 0 and `refunding_quantity` + `claimed_quantity` <= `quantity`),
  CONSTRAINT `order_line_withheld` CHECK (`withheld_quantity` between 0 and `claimed_quantity`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `parcel` (
  `id` binary(16) NOT NULL,
  `order_id` binary(16) NOT NULL,
  `carrier` varchar(32) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `tracking_number` varbinary(320) DEFAULT NULL,
  `tracking_index` binary(32) DEFAULT NULL,
  `shipped_by_id` binary(16) NOT NULL,
  `shipped_at` datetime(3) NOT NULL,
  `delivered_by_id` binary(16) DEFAULT NULL,
  `delivered_at` datetime(3) DEFAULT NULL,
  `tracked_at` datetime(3) GENERATED ALWAYS AS (if(`tracking_number` is null,NULL,`shipped_at`)) STORED,
  PRIMARY KEY (`id`),
  UNIQUE KEY `parcel_tracked_once` (`carrier`,`tracking_index`),
  KEY `parcel_of_order` (`order_id`,`id`),
  KEY `parcel_tracked` (`tracked_at`),
  CONSTRAINT `parcel_order` FOREIGN KEY (`order_id`) REFERENCES `orders` (`id`),
  CONSTRAINT `parcel_tracking_sealed` CHECK (octet_length(`tracking_number`) > 29),
  CONSTRAINT `parcel_delivered` CHECK (`delivered_at` is null = (`delivered_by_id` is null))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `parcel_line` (
  `parcel_id` binary(16) NOT NULL,
  `line_id` binary(16) NOT NULL,
  `quantity` int(11) NOT NULL,
  `batch_id` binary(16) DEFAULT NULL,
  PRIMARY KEY (`parcel_id`,`line_id`),
  KEY `parcel_line_of` (`line_id`),
  KEY `parcel_line_batch` (`batch_id`),
  CONSTRAINT `parcel_line_batch` FOREIGN KEY (`batch_id`) REFERENCES `sku_batch` (`id`),
  CONSTRAINT `parcel_line_of` FOREIGN KEY (`line_id`) REFERENCES `order_line` (`id`),
  CONSTRAINT `parcel_line_parcel` FOREIGN KEY (`parcel_id`) REFERENCES `parcel` (`id`),
  CONSTRAINT `parcel_line_quantity` CHECK (`quantity` > 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `payment` (
  `id` binary(16) NOT NULL,
  `checkout_id` binary(16) NOT NULL,
  `attempt` tinyint(3) unsigned NOT NULL DEFAULT 1,
  `out_trade_no` varchar(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `status` varchar(16) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `amount_minor` bigint(20) NOT NULL,
  `currency` char(3) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `description` varchar(127) NOT NULL,
  `prepay_id` varchar(64) CHARACTER SET ascii COLLATE ascii_bin DEFAULT NULL,
  `expires_at` datetime(3) NOT NULL,
  `queries` int(10) unsigned NOT NULL DEFAULT 0,
  `next_query_at` datetime(3) DEFAULT NULL,
  `live` tinyint(1) GENERATED ALWAYS AS (if(`status` in ('INIT','PENDING'),1,NULL)) STORED,
  PRIMARY KEY (`id`),
  UNIQUE KEY `payment_out_trade_no` (`out_trade_no`),
  UNIQUE KEY `payment_attempt` (`checkout_id`,`attempt`),
  UNIQUE KEY `payment_one_live` (`checkout_id`,`live`),
  KEY `payment_overdue` (`status`,`expires_at`),
  KEY `payment_to_query` (`next_query_at`),
  CONSTRAINT `payment_amount` CHECK (`amount_minor` > 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `payout` (
  `id` binary(16) NOT NULL,
  `supplier_id` binary(16) NOT NULL,
  `amount_minor` bigint(20) NOT NULL,
  `currency` char(3) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `status` varchar(16) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `reason` varchar(255) NOT NULL,
  `proposed_by_id` binary(16) NOT NULL,
  `proposed_at` datetime(3) NOT NULL,
  `approved_by_id` binary(16) DEFAULT NULL,
  `approved_at` datetime(3) DEFAULT NULL,
  `reference` varchar(64) DEFAULT NULL,
  `paid_on` date DEFAULT NULL,
  `ended_at` datetime(3) DEFAULT NULL,
  `open_of_id` binary(16) GENERATED ALWAYS AS (if(`ended_at` is null,`supplier_id`,NULL)) STORED,
  PRIMARY KEY (`id`),
  UNIQUE KEY `payout_one_open` (`open_of_id`),
  UNIQUE KEY `payout_reference` (`reference`),
  KEY `payout_of_supplier` (`supplier_id`,`id`),
  CONSTRAINT `payout_supplier` FOREIGN KEY (`supplier_id`) REFERENCES `supplier` (`id`),
  CONSTRAINT `payout_amount` CHECK (`amount_minor` > 0),
  CONSTRAINT `payout_two_people` CHECK (`approved_by_id` <> `proposed_by_id`),
  CONSTRAINT `payout_ended` CHECK (`ended_at` is null = `status` in ('PROPOSED','APPROVED') and `reference` is null = (`status` <> 'PAID') and `paid_on` is null = (`status` <> 'PAID') and (`status` not in ('APPROVED','PAID') or `approved_by_id` is not null))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `product` (
  `id` binary(16) NOT NULL,
  `supplier_id` binary(16) NOT NULL,
  `name` varchar(128) NOT NULL,
  `category_id` binary(16) NOT NULL,
  `description` text NOT NULL,
  `status` varchar(8) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `created_at` datetime(3) NOT NULL DEFAULT current_timestamp(3),
  `options` text NOT NULL,
  `return_rule` varchar(24) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL DEFAULT 'SEVEN_DAYS',
  `sale_from` datetime(3) DEFAULT NULL,
  `sale_until` datetime(3) DEFAULT NULL,
  `revision` int(11) NOT NULL DEFAULT 1,
  `freight_template_id` binary(16) DEFAULT NULL,
  PRIMARY KEY (`id`),
  KEY `product_list` (`status`,`id`),
  KEY `product_of_category` (`category_id`,`status`,`id`),
  KEY `product_sale_from` (`sale_from`),
  KEY `product_sale_until` (`sale_until`),
  KEY `product_freight` (`freight_template_id`,`supplier_id`),
  KEY `product_by_name` (`supplier_id`,`name`),
  CONSTRAINT `product_category` FOREIGN KEY (`category_id`) REFERENCES `category` (`id`),
  CONSTRAINT `product_freight` FOREIGN KEY (`freight_template_id`, `supplier_id`) REFERENCES `freight_template` (`id`, `supplier_id`),
  CONSTRAINT `product_supplier` FOREIGN KEY (`supplier_id`) REFERENCES `supplier` (`id`),
  CONSTRAINT `product_options` CHECK (json_valid(`options`)),
  CONSTRAINT `product_sale` CHECK (`sale_from` < `sale_until`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `product_image` (
  `image_id` binary(16) NOT NULL,
  `product_id` binary(16) NOT NULL,
  `position` int(11) NOT NULL,
  PRIMARY KEY (`image_id`),
  UNIQUE KEY `product_image_place` (`product_id`,`position`),
  CONSTRAINT `product_image_of` FOREIGN KEY (`product_id`) REFERENCES `product` (`id`),
  CONSTRAINT `product_image_shows` FOREIGN KEY (`image_id`) REFERENCES `image` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `recall` (
  `id` binary(16) NOT NULL,
  `bulk_act_id` binary(16) NOT NULL,
  `sku_id` binary(16) NOT NULL,
  `batch_id` binary(16) NOT NULL,
  `batch_number` varchar(64) NOT NULL,
  `reason` varchar(255) NOT NULL,
  `advice` varchar(500) NOT NULL,
  `only_certain` tinyint(1) NOT NULL,
  `proposed_at` datetime(3) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `recall_of_act` (`bulk_act_id`),
  KEY `recall_batch` (`batch_id`),
  CONSTRAINT `recall_batch` FOREIGN KEY (`batch_id`) REFERENCES `sku_batch` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `recall_item` (
  `recall_id` binary(16) NOT NULL,
  `seq` int(11) NOT NULL,
  `order_id` binary(16) NOT NULL,
  `line_id` binary(16) NOT NULL,
  `quantity` int(11) NOT NULL,
  `certain_quantity` int(11) NOT NULL,
  `amount_minor` bigint(20) NOT NULL,
  `currency` char(3) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `refund_id` binary(16) DEFAULT NULL,
  `refunded_quantity` int(11) NOT NULL DEFAULT 0,
  `refunded_minor` bigint(20) NOT NULL DEFAULT 0,
  `problem` varchar(64) CHARACTER SET ascii COLLATE ascii_general_ci DEFAULT NULL,
  PRIMARY KEY (`recall_id`,`seq`),
  UNIQUE KEY `recall_item_once` (`recall_id`,`line_id`),
  UNIQUE KEY `recall_item_refund` (`refund_id`),
  KEY `recall_item_of_order` (`order_id`),
  KEY `recall_item_of_line` (`line_id`),
  CONSTRAINT `recall_item_line` FOREIGN KEY (`line_id`) REFERENCES `order_line` (`id`),
  CONSTRAINT `recall_item_recall` FOREIGN KEY (`recall_id`) REFERENCES `recall` (`id`),
  CONSTRAINT `recall_item_quantity` CHECK (`quantity` > 0 and `certain_quantity` between 0 and `quantity`),
  CONSTRAINT `recall_item_refunded` CHECK (`refunded_quantity` between 0 and `quantity` and `refund_id` is null = (`refunded_quantity` = 0) and (`refund_id` is not null or `refunded_minor` = 0) and (`refund_id` is null or `problem` is null))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `refund` (
  `id` binary(16) NOT NULL,
  `capture_id` binary(16) NOT NULL,
  `order_id` binary(16) DEFAULT NULL,
  `out_refund_no` varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `reason` varchar(16) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `note` varchar(200) DEFAULT NULL,
  `requested_by_id` binary(16) DEFAULT NULL,
  `amount_minor` bigint(20) NOT NULL,
  `currency` char(3) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `account` varchar(96) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `status` varchar(16) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `channel_refund_id` varchar(64) CHARACTER SET ascii COLLATE ascii_bin DEFAULT NULL,
  `problem` varchar(255) DEFAULT NULL,
  `predecessor_id` binary(16) DEFAULT NULL,
  `created_at` datetime(3) NOT NULL,
  `succeeded_at` datetime(3) DEFAULT NULL,
  `queries` int(10) unsigned NOT NULL DEFAULT 0,
  `manual_after` datetime(3) NOT NULL,
  `noted_at` datetime(3) GENERATED ALWAYS AS (if(`note` is null,NULL,`succeeded_at`)) STORED,
  `outside_reference` varchar(64) CHARACTER SET ascii COLLATE ascii_general_ci DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `refund_out_refund_no` (`out_refund_no`),
  UNIQUE KEY `refund_one_successor` (`predecessor_id`),
  KEY `refund_of_order` (`order_id`),
  KEY `refund_of_capture` (`capture_id`),
  KEY `refund_by_status` (`status`,`created_at`),
  KEY `refund_noted` (`noted_at`),
  KEY `refund_succeeded` (`succeeded_at`),
  CONSTRAINT `refund_capture` FOREIGN KEY (`capture_id`) REFERENCES `capture` (`id`),
  CONSTRAINT `refund_amount` CHECK (`amount_minor` > 0),
  CONSTRAINT `refund_outside` CHECK (`outside_reference` is null or `status` = 'SUCCEEDED')
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `refund_line` (
  `refund_id` binary(16) NOT NULL,
  `line_id` binary(16) NOT NULL,
  `quantity` int(11) NOT NULL,
  `cancelled_quantity` int(11) NOT NULL,
  `amount_minor` bigint(20) NOT NULL,
  PRIMARY KEY (`refund_id`,`line_id`),
  KEY `refund_line_of` (`line_id`),
  CONSTRAINT `refund_line_of` FOREIGN KEY (`line_id`) REFERENCES `order_line` (`id`),
  CONSTRAINT `refund_line_refund` FOREIGN KEY (`refund_id`) REFERENCES `refund` (`id`),
  CONSTRAINT `refund_line_quantity` CHECK (`quantity` > 0 and `cancelled_quantity` between 0 and `quantity`),
  CONSTRAINT `refund_line_amount` CHECK (`amount_minor` >= 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `search_change` (
  `id` bigint(20) unsigned NOT NULL AUTO_INCREMENT,
  `product_id` binary(16) NOT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `search_posting` (
  `product_id` binary(16) NOT NULL,
  `term_id` int(10) unsigned NOT NULL,
  `impact` smallint(5) unsigned NOT NULL,
  PRIMARY KEY (`product_id`,`term_id`),
  KEY `search_posting_best` (`term_id`,`impact`,`product_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `search_product` (
  `product_id` binary(16) NOT NULL,
  `price_minor` bigint(20) NOT NULL,
  `currency` char(3) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `version` smallint(5) unsigned NOT NULL,
  `indexed_at` datetime(3) NOT NULL DEFAULT current_timestamp(3),
  PRIMARY KEY (`product_id`),
  KEY `search_product_old` (`version`,`indexed_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `search_term` (
  `id` int(10) unsigned NOT NULL AUTO_INCREMENT,
  `term` varchar(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  `pinyin` varchar(255) CHARACTER SET ascii COLLATE ascii_general_ci DEFAULT NULL,
  `products` int(11) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `search_term_once` (`term`),
  KEY `search_term_sound` (`pinyin`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `search_variant` (
  `variant` varchar(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  `term_id` int(10) unsigned NOT NULL,
  PRIMARY KEY (`variant`,`term_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `seat` (
  `id` binary(16) NOT NULL,
  `team_id` binary(16) NOT NULL,
  `offer_id` binary(16) NOT NULL,
  `buyer_id` binary(16) NOT NULL,
  `order_id` binary(16) NOT NULL,
  `status` varchar(16) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `quantity` int(11) NOT NULL,
  `held_until` datetime(3) NOT NULL,
  `paid_at` datetime(3) DEFAULT NULL,
  `live` tinyint(1) GENERATED ALWAYS AS (if(`status` in ('HELD','PAID','CONFIRMED'),1,NULL)) STORED,
  PRIMARY KEY (`id`),
  UNIQUE KEY `seat_of_order` (`order_id`),
  UNIQUE KEY `seat_one_live_per_buyer` (`team_id`,`buyer_id`,`live`),
  KEY `seat_of_buyer` (`buyer_id`,`id`),
  CONSTRAINT `seat_team` FOREIGN KEY (`team_id`) REFERENCES `team` (`id`),
  CONSTRAINT `seat_quantity` CHECK (`quantity` > 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `session` (
  `id` binary(16) NOT NULL,
  `user_id` binary(16) DEFAULT NULL,
  `staff_id` binary(16) DEFAULT NULL,
  `login_code_hash` binary(32) NOT NULL,
  `refresh_hash` binary(32) NOT NULL,
  `previous_hash` binary(32) DEFAULT NULL,
  `started_at` datetime(3) NOT NULL,
  `rotated_at` datetime(3) NOT NULL,
  `expires_at` datetime(3) NOT NULL,
  `revoked_at` datetime(3) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `session_login_code` (`login_code_hash`),
  KEY `session_of_user` (`user_id`),
  KEY `session_expiry` (`expires_at`),
  KEY `session_revocation` (`revoked_at`),
  KEY `session_of_staff` (`staff_id`),
  CONSTRAINT `session_staff` FOREIGN KEY (`staff_id`) REFERENCES `staff` (`id`),
  CONSTRAINT `session_user` FOREIGN KEY (`user_id`) REFERENCES `user` (`id`),
  CONSTRAINT `session_of_one` CHECK (`user_id` is null <> (`staff_id` is null))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `settlement` (
  `order_id` binary(16) NOT NULL,
  `supplier_id` binary(16) NOT NULL,
  `settled_at` datetime(3) NOT NULL,
  `kept_minor` bigint(20) NOT NULL,
  `base_minor` bigint(20) NOT NULL,
  `commission_bps` smallint(6) NOT NULL,
  `commission_minor` bigint(20) NOT NULL,
  `supplier_minor` bigint(20) NOT NULL,
  `returned_minor` bigint(20) NOT NULL,
  `commission_returned_minor` bigint(20) NOT NULL,
  `supplier_returned_minor` bigint(20) NOT NULL,
  `currency` char(3) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  PRIMARY KEY (`order_id`),
  KEY `settlement_of_supplier` (`supplier_id`,`settled_at`),
  CONSTRAINT `settlement_parts` CHECK (`base_minor` between 0 and `kept_minor` and `commission_minor` between 0 and `base_minor` and `supplier_minor` >= 0 and `commission_minor` + `supplier_minor` <= `kept_minor`),
  CONSTRAINT `settlement_returned` CHECK (`returned_minor` between 0 and `kept_minor` and `commission_returned_minor` between 0 and `commission_minor` and `supplier_returned_minor` between 0 and `supplier_minor`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `settlement_share` (
  `order_id` binary(16) NOT NULL,
  `seq` smallint(6) NOT NULL,
  `payee` varchar(32) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `account` varchar(96) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `amount_minor` bigint(20) NOT NULL,
  `returned_minor` bigint(20) NOT NULL,
  `currency` char(3) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  PRIMARY KEY (`order_id`,`seq`),
  CONSTRAINT `settlement_share_returned` CHECK (`returned_minor` between 0 and `amount_minor`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `share_artifact` (
  `id` binary(16) NOT NULL,
  `scene_id` binary(16) NOT NULL,
  `kind` varchar(16) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `page` varchar(128) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `version` varchar(8) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `width` int(11) NOT NULL,
  `address` varchar(255) DEFAULT NULL,
  `size_bytes` int(11) DEFAULT NULL,
  `made_at` datetime(3) DEFAULT NULL,
  `expires_at` datetime(3) DEFAULT NULL,
  `attempt` int(11) NOT NULL DEFAULT 0,
  `lease_until` datetime(3) DEFAULT NULL,
  `problem` varchar(16) CHARACTER SET ascii COLLATE ascii_general_ci DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `share_artifact_once` (`scene_id`,`kind`,`page`,`version`,`width`),
  KEY `share_artifact_expires` (`expires_at`),
  CONSTRAINT `share_artifact_scene` FOREIGN KEY (`scene_id`) REFERENCES `share_scene` (`id`),
  CONSTRAINT `share_artifact_made` CHECK (`address` is null = (`made_at` is null))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `share_call` (
  `id` bigint(20) NOT NULL AUTO_INCREMENT,
  `artifact_id` binary(16) NOT NULL,
  `kind` varchar(16) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `starts_at` datetime(3) NOT NULL,
  `called_at` datetime(3) NOT NULL,
  PRIMARY KEY (`id`),
  KEY `share_call_window` (`starts_at`,`kind`),
  KEY `share_call_artifact` (`artifact_id`,`called_at`),
  KEY `share_call_called` (`called_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `share_quota` (
  `id` bigint(20) NOT NULL AUTO_INCREMENT,
  `kind` varchar(16) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `holder_id` binary(16) NOT NULL,
  `starts_at` datetime(3) NOT NULL,
  `used` int(11) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `share_quota_once` (`kind`,`holder_id`,`starts_at`),
  KEY `share_quota_starts` (`starts_at`),
  KEY `share_quota_holder` (`holder_id`),
  CONSTRAINT `share_quota_used` CHECK (`used` >= 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `share_scene` (
  `id` binary(16) NOT NULL,
  `code` char(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `target_type` varchar(16) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `target_id` binary(16) NOT NULL,
  `maker_id` binary(16) DEFAULT NULL,
  `created_at` datetime(3) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `share_scene_code` (`code`),
  UNIQUE KEY `share_scene_once` (`maker_id`,`target_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `shipping_upload` (
  `id` binary(16) NOT NULL,
  `checkout_id` binary(16) NOT NULL,
  `status` varchar(16) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `revision` int(11) NOT NULL,
  `mode` varchar(8) CHARACTER SET ascii COLLATE ascii_general_ci DEFAULT NULL,
  `sent_at` datetime(3) DEFAULT NULL,
  `uploaded_at` datetime(3) DEFAULT NULL,
  `parcels_uploaded` int(11) NOT NULL DEFAULT 0,
  `finish_shipping_count` tinyint(4) NOT NULL DEFAULT 0,
  `failures` int(11) NOT NULL DEFAULT 0,
  `problem` varchar(255) DEFAULT NULL,
  `reminded_at` datetime(3) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `shipping_upload_of_checkout` (`checkout_id`),
  KEY `shipping_upload_by_status` (`status`,`id`),
  CONSTRAINT `shipping_upload_checkout` FOREIGN KEY (`checkout_id`) REFERENCES `checkout` (`id`),
  CONSTRAINT `shipping_upload_mode` CHECK (`mode` in ('UNIFIED','SPLIT')),
  CONSTRAINT `shipping_upload_stuck` CHECK (`status` <> 'STUCK' or `problem` is not null)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `simulated_clock` (
  `id` tinyint(4) NOT NULL,
  `now_at` datetime(3) NOT NULL,
  PRIMARY KEY (`id`),
  CONSTRAINT `simulated_clock_is_one` CHECK (`id` = 1)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `sku` (
  `id` binary(16) NOT NULL,
  `product_id` binary(16) NOT NULL,
  `code` varchar(64) NOT NULL,
  `barcode` varchar(14) CHARACTER SET ascii COLLATE ascii_general_ci DEFAULT NULL,
  `title` varchar(128) NOT NULL,
  `price_minor` bigint(20) NOT NULL,
  `currency` char(3) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `option_values` varchar(640) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL DEFAULT '[]',
  `low_stock_units` int(11) DEFAULT NULL,
  `is_retired` tinyint(1) NOT NULL DEFAULT 0,
  `weight_grams` int(11) DEFAULT NULL,
  `units_per_order` int(11) DEFAULT NULL,
  `units_per_buyer` int(11) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `sku_code` (`code`),
  UNIQUE KEY `sku_combination` (`product_id`,`option_values`),
  KEY `sku_of_product` (`product_id`),
  CONSTRAINT `sku_product` FOREIGN KEY (`product_id`) REFERENCES `product` (`id`),
  CONSTRAINT `sku_price` CHECK (`price_minor` >= 0),
  CONSTRAINT `sku_low_stock` CHECK (`low_stock_units` >= 0),
  CONSTRAINT `sku_values` CHECK (json_valid(`option_values`)),
  CONSTRAINT `sku_weight` CHECK (`weight_grams` > 0),
  CONSTRAINT `sku_order_limit` CHECK (`units_per_order` > 0),
  CONSTRAINT `sku_buyer_limit` CHECK (`units_per_buyer` > 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `sku_batch` (
  `id` binary(16) NOT NULL,
  `sku_id` binary(16) NOT NULL,
  `number` varchar(64) NOT NULL,
  `produced_on` date DEFAULT NULL,
  `expires_on` date DEFAULT NULL,
  `received_at` datetime(3) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `sku_batch_once` (`sku_id`,`number`),
  CONSTRAINT `sku_batch_sku` FOREIGN KEY (`sku_id`) REFERENCES `sku` (`id`),
  CONSTRAINT `sku_batch_days` CHECK (`expires_on` >= `produced_on`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `sku_buyer` (
  `buyer_id` binary(16) NOT NULL,
  `sku_id` binary(16) NOT NULL,
  `units` int(11) NOT NULL,
  PRIMARY KEY (`buyer_id`,`sku_id`),
  CONSTRAINT `sku_buyer_units` CHECK (`units` >= 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `sku_price` (
  `id` bigint(20) unsigned NOT NULL AUTO_INCREMENT,
  `sku_id` binary(16) NOT NULL,
  `price_minor` bigint(20) NOT NULL,
  `currency` char(3) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `set_at` datetime(3) NOT NULL,
  `set_by` varchar(64) NOT NULL,
  `reason` varchar(255) NOT NULL,
  PRIMARY KEY (`id`),
  KEY `sku_price_of` (`sku_id`,`id`),
  CONSTRAINT `sku_price_of` FOREIGN KEY (`sku_id`) REFERENCES `sku` (`id`),
  CONSTRAINT `sku_price_minor` CHECK (`price_minor` >= 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `staff` (
  `id` binary(16) NOT NULL,
  `login_name` varchar(32) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `display_name` varchar(64) NOT NULL,
  `supplier_id` binary(16) DEFAULT NULL,
  `status` varchar(16) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `password_hash` varbinary(256) DEFAULT NULL,
  `totp_secret` varbinary(128) DEFAULT NULL,
  `totp_step` int(10) unsigned DEFAULT NULL,
  `enrolment_hash` binary(32) DEFAULT NULL,
  `enrolment_expires_at` datetime(3) DEFAULT NULL,
  `enrolled_at` datetime(3) DEFAULT NULL,
  `created_at` datetime(3) NOT NULL DEFAULT current_timestamp(3),
  `of_supplier` tinyint(1) GENERATED ALWAYS AS (`supplier_id` is not null) STORED,
  PRIMARY KEY (`id`),
  UNIQUE KEY `staff_login_name` (`login_name`),
  UNIQUE KEY `staff_enrolment` (`enrolment_hash`),
  UNIQUE KEY `staff_of_supplier` (`id`,`of_supplier`),
  KEY `staff_supplier` (`supplier_id`),
  CONSTRAINT `staff_supplier` FOREIGN KEY (`supplier_id`) REFERENCES `supplier` (`id`),
  CONSTRAINT `staff_status` CHECK (`status` in ('ACTIVE','DISABLED')),
  CONSTRAINT `staff_password_sealed` CHECK (octet_length(`password_hash`) > 29),
  CONSTRAINT `staff_totp_sealed` CHECK (octet_length(`totp_secret`) > 29),
  CONSTRAINT `staff_enrolment_expires` CHECK (`enrolment_hash` is null = (`enrolment_expires_at` is null)),
  CONSTRAINT `staff_enrolled` CHECK (`enrolled_at` is null or `password_hash` is not null and `totp_secret` is not null and `totp_step` is not null and `enrolment_hash` is null)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `staff_recovery_code` (
  `staff_id` binary(16) NOT NULL,
  `code_hash` binary(32) NOT NULL,
  `used_at` datetime(3) DEFAULT NULL,
  PRIMARY KEY (`staff_id`,`code_hash`),
  CONSTRAINT `staff_recovery_code_of` FOREIGN KEY (`staff_id`) REFERENCES `staff` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `staff_role` (
  `staff_id` binary(16) NOT NULL,
  `role` varchar(16) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `of_supplier` tinyint(1) GENERATED ALWAYS AS (`role` = 'SUPPLIER') STORED,
  PRIMARY KEY (`staff_id`,`role`),
  KEY `staff_role_fits` (`staff_id`,`of_supplier`),
  CONSTRAINT `staff_role_fits` FOREIGN KEY (`staff_id`, `of_supplier`) REFERENCES `staff` (`id`, `of_supplier`),
  CONSTRAINT `staff_role_of` FOREIGN KEY (`staff_id`) REFERENCES `staff` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `status_move` (
  `id` bigint(20) unsigned NOT NULL AUTO_INCREMENT,
  `subject` varchar(16) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `subject_id` binary(16) NOT NULL,
  `from_status` varchar(24) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `to_status` varchar(24) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `moved_at` datetime(3) NOT NULL DEFAULT current_timestamp(3),
  PRIMARY KEY (`id`),
  KEY `status_move_of` (`subject_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `stock` (
  `sku_id` binary(16) NOT NULL,
  `on_hand` int(11) NOT NULL,
  `reserved` int(11) NOT NULL,
  `sold` int(11) NOT NULL,
  PRIMARY KEY (`sku_id`),
  CONSTRAINT `stock_on_hand` CHECK (`on_hand` >= 0),
  CONSTRAINT `stock_reserved` CHECK (`reserved` >= 0),
  CONSTRAINT `stock_sold` CHECK (`sold` >= 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `stock_move` (
  `id` bigint(20) unsigned NOT NULL AUTO_INCREMENT,
  `sku_id` binary(16) NOT NULL,
  `order_id` binary(16) DEFAULT NULL,
  `hold` tinyint(4) NOT NULL DEFAULT 1,
  `kind` varchar(8) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `quantity` int(11) NOT NULL,
  `allotment_id` binary(16) DEFAULT NULL,
  `moved_at` datetime(3) NOT NULL DEFAULT current_timestamp(3),
  `ends` tinyint(1) GENERATED ALWAYS AS (if(`kind` in ('COMMIT','RELEASE'),1,NULL)) STORED,
  `once` tinyint(1) GENERATED ALWAYS AS (if(`kind` = 'RETURN',NULL,1)) STORED,
  PRIMARY KEY (`id`),
  UNIQUE KEY `stock_move_ends_once` (`order_id`,`sku_id`,`hold`,`ends`),
  UNIQUE KEY `stock_move_once` (`order_id`,`sku_id`,`hold`,`kind`,`once`),
  KEY `stock_move_of_sku` (`sku_id`),
  CONSTRAINT `stock_move_of_order` CHECK (`kind` in ('RECEIVE','ADJUST') = (`order_id` is null)),
  CONSTRAINT `stock_move_quantity` CHECK (`quantity` > 0 or `kind` = 'ADJUST'),
  CONSTRAINT `stock_move_kind` CHECK (`kind` in ('RECEIVE','ADJUST','RESERVE','COMMIT','RELEASE','RETURN'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `stock_warning` (
  `id` binary(16) NOT NULL,
  `sku_id` binary(16) NOT NULL,
  `since` datetime(3) NOT NULL,
  `lowest_units` int(11) NOT NULL,
  `ended_at` datetime(3) DEFAULT NULL,
  `is_open` tinyint(1) GENERATED ALWAYS AS (if(`ended_at` is null,1,NULL)) STORED,
  PRIMARY KEY (`id`),
  UNIQUE KEY `stock_warning_one_open` (`sku_id`,`is_open`),
  KEY `stock_warning_standing` (`is_open`,`id`),
  CONSTRAINT `stock_warning_of` FOREIGN KEY (`sku_id`) REFERENCES `sku` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `supplier` (
  `id` binary(16) NOT NULL,
  `name` varchar(64) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `supplier_name` (`name`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `supplier_entry` (
  `id` binary(16) NOT NULL,
  `supplier_id` binary(16) NOT NULL,
  `kind` varchar(24) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `order_id` binary(16) DEFAULT NULL,
  `refund_id` binary(16) DEFAULT NULL,
  `payout_id` binary(16) DEFAULT NULL,
  `amount_minor` bigint(20) NOT NULL,
  `currency` char(3) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `booked_at` datetime(3) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `supplier_entry_of_refund` (`refund_id`),
  UNIQUE KEY `supplier_entry_of_payout` (`payout_id`,`kind`),
  KEY `supplier_entry_at` (`supplier_id`,`currency`,`booked_at`,`id`),
  KEY `supplier_entry_of_order` (`order_id`),
  CONSTRAINT `supplier_entry_about` CHECK (`order_id` is null = (`payout_id` is not null) and `amount_minor` <> 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `supplier_rate` (
  `id` binary(16) NOT NULL,
  `supplier_id` binary(16) NOT NULL,
  `commission_bps` smallint(6) NOT NULL,
  `valid_from` datetime(3) NOT NULL,
  PRIMARY KEY (`id`),
  KEY `supplier_rate_at` (`supplier_id`,`valid_from`,`id`),
  CONSTRAINT `supplier_rate_supplier` FOREIGN KEY (`supplier_id`) REFERENCES `supplier` (`id`),
  CONSTRAINT `supplier_rate_part` CHECK (`commission_bps` between 0 and 10000)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `supplier_statement` (
  `id` binary(16) NOT NULL,
  `supplier_id` binary(16) NOT NULL,
  `starts_at` datetime(3) NOT NULL,
  `ends_at` datetime(3) NOT NULL,
  `opening_minor` bigint(20) NOT NULL,
  `settled_minor` bigint(20) NOT NULL,
  `returned_minor` bigint(20) NOT NULL,
  `paid_minor` bigint(20) NOT NULL,
  `closing_minor` bigint(20) NOT NULL,
  `entries` int(11) NOT NULL,
  `currency` char(3) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `closed_at` datetime(3) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `supplier_statement_once` (`supplier_id`,`currency`,`ends_at`),
  CONSTRAINT `supplier_statement_sums` CHECK (`closing_minor` = `opening_minor` + `settled_minor` - `returned_minor` - `paid_minor`),
  CONSTRAINT `supplier_statement_time` CHECK (`starts_at` < `ends_at` and `ends_at` <= `closed_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `team` (
  `id` binary(16) NOT NULL,
  `offer_id` binary(16) NOT NULL,
  `kind` varchar(16) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `revision` int(11) NOT NULL,
  `opened_by_id` binary(16) NOT NULL,
  `status` varchar(16) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `size` int(11) NOT NULL,
  `ttl_seconds` int(11) NOT NULL,
  `units_per_order` int(11) NOT NULL,
  `units_per_buyer` int(11) NOT NULL,
  `seats_live` int(11) NOT NULL,
  `seats_paid` int(11) NOT NULL,
  `opened_at` datetime(3) NOT NULL,
  `expires_at` datetime(3) DEFAULT NULL,
  PRIMARY KEY (`id`),
  KEY `team_forming` (`offer_id`,`status`,`seats_paid`,`id`),
  KEY `team_expiry` (`status`,`expires_at`),
  CONSTRAINT `team_offer` FOREIGN KEY (`offer_id`) REFERENCES `offer` (`id`),
  CONSTRAINT `team_seats` CHECK (0 <= `seats_paid` and `seats_paid` <= `seats_live` and `seats_live` <= `size`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `transfer` (
  `id` bigint(20) unsigned NOT NULL AUTO_INCREMENT,
  `debit` varchar(96) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `credit` varchar(96) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `amount_minor` bigint(20) NOT NULL,
  `currency` char(3) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `code` varchar(24) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `source_type` varchar(16) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `source_id` binary(16) NOT NULL,
  `kind` varchar(24) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `posted_at` datetime(3) NOT NULL DEFAULT current_timestamp(3),
  PRIMARY KEY (`id`),
  UNIQUE KEY `transfer_posts_once` (`source_type`,`source_id`,`kind`),
  KEY `transfer_debit` (`debit`),
  KEY `transfer_credit` (`credit`),
  CONSTRAINT `transfer_positive` CHECK (`amount_minor` > 0),
  CONSTRAINT `transfer_two_accounts` CHECK (`debit` <> `credit`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `user` (
  `id` binary(16) NOT NULL,
  `openid` varbinary(128) DEFAULT NULL,
  `openid_index` binary(32) DEFAULT NULL,
  `unionid` varbinary(128) DEFAULT NULL,
  `unionid_index` binary(32) DEFAULT NULL,
  `session_key` varbinary(128) DEFAULT NULL,
  `nickname` varbinary(640) DEFAULT NULL,
  `phone` varbinary(64) DEFAULT NULL,
  `phone_index` binary(32) DEFAULT NULL,
  `phone_code_hash` binary(32) DEFAULT NULL,
  `status` varchar(16) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  `created_at` datetime(3) NOT NULL DEFAULT current_timestamp(3),
  `erased_at` datetime(3) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `user_openid_index` (`openid_index`),
  KEY `user_unionid_index` (`unionid_index`),
  KEY `user_phone` (`phone_index`),
  KEY `user_erased` (`erased_at`),
  CONSTRAINT `user_openid_sealed` CHECK (octet_length(`openid`) > 29),
  CONSTRAINT `user_unionid_sealed` CHECK (octet_length(`unionid`) > 29),
  CONSTRAINT `user_session_key_sealed` CHECK (octet_length(`session_key`) > 29),
  CONSTRAINT `user_nickname_sealed` CHECK (octet_length(`nickname`) > 29),
  CONSTRAINT `user_phone_sealed` CHECK (octet_length(`phone`) > 29),
  CONSTRAINT `user_phone_found` CHECK (`phone` is null = (`phone_index` is null)),
  CONSTRAINT `user_nameless` CHECK (`status` not in ('ERASING','ERASED') or coalesce(`openid`,`unionid`,`unionid_index`,`session_key`,`nickname`,`phone`,`phone_index`,`phone_code_hash`) is null),
  CONSTRAINT `user_found` CHECK (`status` in ('ERASING','ERASED') = (`openid` is null) and `openid` is null = (`openid_index` is null)),
  CONSTRAINT `user_erasure` CHECK (`status` = 'ERASED' = (`erased_at` is not null))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `user_block` (
  `id` binary(16) NOT NULL,
  `user_id` binary(16) NOT NULL,
  `blocked_id` binary(16) NOT NULL,
  `blocked_at` datetime(3) NOT NULL DEFAULT current_timestamp(3),
  PRIMARY KEY (`id`),
  UNIQUE KEY `user_block_once` (`user_id`,`blocked_id`),
  KEY `user_block_of` (`blocked_id`,`user_id`),
  CONSTRAINT `user_block_by` FOREIGN KEY (`user_id`) REFERENCES `user` (`id`),
  CONSTRAINT `user_block_whom` FOREIGN KEY (`blocked_id`) REFERENCES `user` (`id`),
  CONSTRAINT `user_block_another` CHECK (`user_id` <> `blocked_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE `wechat_push` (
  `id` binary(16) NOT NULL,
  `identity` binary(32) NOT NULL,
  `event` varchar(64) NOT NULL,
  `openid_index` binary(32) DEFAULT NULL,
  `said` longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin DEFAULT NULL CHECK (json_valid(`said`)),
  `created_at` datetime(3) NOT NULL,
  `received_at` datetime(3) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `wechat_push_once` (`identity`),
  KEY `wechat_push_received` (`received_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TRIGGER after_sale_moved AFTER UPDATE ON after_sale FOR EACH ROW
  INSERT INTO status_move (subject, subject_id, from_status, to_status)
  SELECT 'after_sale', NEW.id, OLD.status, NEW.status FROM DUAL WHERE NEW.status <> OLD.status;

CREATE TRIGGER audit_entry_no_delete BEFORE DELETE ON audit_entry FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'audit_entry rows are never changed or deleted';

CREATE TRIGGER audit_entry_no_update BEFORE UPDATE ON audit_entry FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'audit_entry rows are never changed or deleted';

CREATE TRIGGER audit_link_no_delete BEFORE DELETE ON audit_link FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'audit_link rows are never changed or deleted';

CREATE TRIGGER audit_link_no_update BEFORE UPDATE ON audit_link FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'audit_link rows are never changed or deleted';

CREATE TRIGGER bill_day_moved AFTER UPDATE ON bill_day FOR EACH ROW
  INSERT INTO status_move (subject, subject_id, from_status, to_status)
  SELECT 'bill_day', NEW.id, OLD.status, NEW.status FROM DUAL WHERE NEW.status <> OLD.status;

CREATE TRIGGER bulk_act_moved AFTER UPDATE ON bulk_act FOR EACH ROW
  INSERT INTO status_move (subject, subject_id, from_status, to_status)
  SELECT 'bulk_act', NEW.id, OLD.status, NEW.status FROM DUAL WHERE NEW.status <> OLD.status;

CREATE TRIGGER catalog_import_moved AFTER UPDATE ON catalog_import FOR EACH ROW
  INSERT INTO status_move (subject, subject_id, from_status, to_status)
  SELECT 'catalog_import', NEW.id, OLD.status, NEW.status FROM DUAL WHERE NEW.status <> OLD.status;

CREATE TRIGGER category_search_update AFTER UPDATE ON category FOR EACH ROW
  IF NEW.name_zh <> OLD.name_zh OR NEW.name_en <> OLD.name_en OR NOT (NEW.parent_id <=> OLD.parent_id) THEN
  INSERT INTO search_change (product_id) SELECT id FROM product WHERE category_id = NEW.id;
  END IF;

CREATE TRIGGER checkout_moved AFTER UPDATE ON checkout FOR EACH ROW
  INSERT INTO status_move (subject, subject_id, from_status, to_status)
  SELECT 'checkout', NEW.id, OLD.status, NEW.status FROM DUAL WHERE NEW.status <> OLD.status;

CREATE TRIGGER consent_no_delete BEFORE DELETE ON consent FOR EACH ROW
  IF (SELECT status FROM user WHERE id = OLD.user_id) <> 'ERASED' THEN
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'consent rows are never changed or deleted';
  END IF;

CREATE TRIGGER consent_no_update BEFORE UPDATE ON consent FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'consent rows are never changed or deleted';

CREATE TRIGGER finding_moved AFTER UPDATE ON finding FOR EACH ROW
  INSERT INTO status_move (subject, subject_id, from_status, to_status)
  SELECT 'finding', NEW.id, OLD.status, NEW.status FROM DUAL WHERE NEW.status <> OLD.status;

CREATE TRIGGER image_moved AFTER UPDATE ON image FOR EACH ROW
  INSERT INTO status_move (subject, subject_id, from_status, to_status)
  SELECT 'image', NEW.id, OLD.status, NEW.status FROM DUAL WHERE NEW.status <> OLD.status;

CREATE TRIGGER invoice_line_no_delete BEFORE DELETE ON invoice_line FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'invoice_line rows are never changed or deleted';

CREATE TRIGGER invoice_line_no_update BEFORE UPDATE ON invoice_line FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'invoice_line rows are never changed or deleted';

CREATE TRIGGER invoice_moved AFTER UPDATE ON invoice FOR EACH ROW
  INSERT INTO status_move (subject, subject_id, from_status, to_status)
  SELECT 'invoice', NEW.id, OLD.status, NEW.status FROM DUAL WHERE NEW.status <> OLD.status;

CREATE TRIGGER invoice_step_no_delete BEFORE DELETE ON invoice_step FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'invoice_step rows are never changed or deleted';

CREATE TRIGGER invoice_step_no_update BEFORE UPDATE ON invoice_step FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'invoice_step rows are never changed or deleted';

CREATE TRIGGER look_no_update BEFORE UPDATE ON look FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'look rows are never changed';

CREATE TRIGGER message_delivery_moved AFTER UPDATE ON message_delivery FOR EACH ROW
  INSERT INTO status_move (subject, subject_id, from_status, to_status)
  SELECT 'message_delivery', NEW.id, OLD.status, NEW.status FROM DUAL WHERE NEW.status <> OLD.status;

CREATE TRIGGER offer_price_no_delete BEFORE DELETE ON offer_price FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'offer_price rows are never changed or deleted';

CREATE TRIGGER offer_price_no_update BEFORE UPDATE ON offer_price FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'offer_price rows are never changed or deleted';

CREATE TRIGGER orders_go_somewhere BEFORE INSERT ON orders FOR EACH ROW
  IF NEW.delivery IS NULL THEN
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a new order must say where it goes';
  END IF;

CREATE TRIGGER orders_moved AFTER UPDATE ON orders FOR EACH ROW
  INSERT INTO status_move (subject, subject_id, from_status, to_status)
  SELECT 'orders', NEW.id, OLD.status, NEW.status FROM DUAL WHERE NEW.status <> OLD.status;

CREATE TRIGGER order_freight_no_delete BEFORE DELETE ON order_freight FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'order_freight rows are never changed or deleted';

CREATE TRIGGER order_freight_no_update BEFORE UPDATE ON order_freight FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'order_freight rows are never changed or deleted';

CREATE TRIGGER payment_moved AFTER UPDATE ON payment FOR EACH ROW
  INSERT INTO status_move (subject, subject_id, from_status, to_status)
  SELECT 'payment', NEW.id, OLD.status, NEW.status FROM DUAL WHERE NEW.status <> OLD.status;

CREATE TRIGGER payout_moved AFTER UPDATE ON payout FOR EACH ROW
  INSERT INTO status_move (subject, subject_id, from_status, to_status)
  SELECT 'payout', NEW.id, OLD.status, NEW.status FROM DUAL WHERE NEW.status <> OLD.status;

CREATE TRIGGER product_moved AFTER UPDATE ON product FOR EACH ROW
  INSERT INTO status_move (subject, subject_id, from_status, to_status)
  SELECT 'product', NEW.id, OLD.status, NEW.status FROM DUAL WHERE NEW.status <> OLD.status;

CREATE TRIGGER product_search_insert AFTER INSERT ON product FOR EACH ROW
  INSERT INTO search_change (product_id) VALUES (NEW.id);

CREATE TRIGGER product_search_update AFTER UPDATE ON product FOR EACH ROW
  INSERT INTO search_change (product_id) VALUES (NEW.id);

CREATE TRIGGER refund_moved AFTER UPDATE ON refund FOR EACH ROW
  INSERT INTO status_move (subject, subject_id, from_status, to_status)
  SELECT 'refund', NEW.id, OLD.status, NEW.status FROM DUAL WHERE NEW.status <> OLD.status;

CREATE TRIGGER seat_moved AFTER UPDATE ON seat FOR EACH ROW
  INSERT INTO status_move (subject, subject_id, from_status, to_status)
  SELECT 'seat', NEW.id, OLD.status, NEW.status FROM DUAL WHERE NEW.status <> OLD.status;

CREATE TRIGGER shipping_upload_moved AFTER UPDATE ON shipping_upload FOR EACH ROW
  INSERT INTO status_move (subject, subject_id, from_status, to_status)
  SELECT 'shipping_upload', NEW.id, OLD.status, NEW.status FROM DUAL WHERE NEW.status <> OLD.status;

CREATE TRIGGER sku_price_no_delete BEFORE DELETE ON sku_price FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'sku_price rows are never changed or deleted';

CREATE TRIGGER sku_price_no_update BEFORE UPDATE ON sku_price FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'sku_price rows are never changed or deleted';

CREATE TRIGGER sku_search_insert AFTER INSERT ON sku FOR EACH ROW
  INSERT INTO search_change (product_id) VALUES (NEW.product_id);

CREATE TRIGGER sku_search_update AFTER UPDATE ON sku FOR EACH ROW
  INSERT INTO search_change (product_id) VALUES (NEW.product_id);

CREATE TRIGGER staff_supplier_stays BEFORE UPDATE ON staff FOR EACH ROW
  IF NOT (NEW.supplier_id <=> OLD.supplier_id) THEN
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'the supplier of an account is never changed';
  END IF;

CREATE TRIGGER stock_move_no_delete BEFORE DELETE ON stock_move FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'stock_move rows are never changed or deleted';

CREATE TRIGGER stock_move_no_update BEFORE UPDATE ON stock_move FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'stock_move rows are never changed or deleted';

CREATE TRIGGER supplier_entry_no_delete BEFORE DELETE ON supplier_entry FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'supplier_entry rows are never changed or deleted';

CREATE TRIGGER supplier_entry_no_update BEFORE UPDATE ON supplier_entry FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'supplier_entry rows are never changed or deleted';

CREATE TRIGGER supplier_rate_no_delete BEFORE DELETE ON supplier_rate FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'supplier_rate rows are never changed or deleted';

CREATE TRIGGER supplier_rate_no_update BEFORE UPDATE ON supplier_rate FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'supplier_rate rows are never changed or deleted';

CREATE TRIGGER team_moved AFTER UPDATE ON team FOR EACH ROW
  INSERT INTO status_move (subject, subject_id, from_status, to_status)
  SELECT 'team', NEW.id, OLD.status, NEW.status FROM DUAL WHERE NEW.status <> OLD.status;

CREATE TRIGGER transfer_no_delete BEFORE DELETE ON transfer FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'transfer rows are never changed or deleted';

CREATE TRIGGER transfer_no_update BEFORE UPDATE ON transfer FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'transfer rows are never changed or deleted';
