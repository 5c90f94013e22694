CREATE TABLE "accounts" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"customer_id" uuid NOT NULL,
	"name" text NOT NULL,
	"currency" text NOT NULL,
	"status" text DEFAULT 'open' NOT NULL,
	"balance" bigint DEFAULT 0 NOT NULL,
	"overdraft_limit" bigint DEFAULT 0 NOT NULL,
	"interest_rate" numeric DEFAULT '0.0000' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "accounts_currency_check" CHECK ("accounts"."currency" in ('EUR', 'GBP', 'USD')),
	CONSTRAINT "accounts_status_check" CHECK ("accounts"."status" in ('open', 'blocked', 'closed'))
);
--> statement-breakpoint
CREATE TABLE "cards" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"account_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"holder_name" text NOT NULL,
	"daily_limit" bigint NOT NULL,
	"pin" text NOT NULL,
	"status" text DEFAULT 'active' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "cards_kind_check" CHECK ("cards"."kind" in ('physical', 'virtual')),
	CONSTRAINT "cards_status_check" CHECK ("cards"."status" in ('active', 'frozen', 'expired'))
);
--> statement-breakpoint
CREATE TABLE "customers" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"subject" text NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"kind" text NOT NULL,
	"phone" text,
	"birth_date" date,
	"address" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "customers_subject_unique" UNIQUE("subject"),
	CONSTRAINT "customers_email_unique" UNIQUE("email"),
	CONSTRAINT "customers_kind_check" CHECK ("customers"."kind" in ('person', 'company'))
);
--> statement-breakpoint
CREATE TABLE "statements" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"account_id" uuid NOT NULL,
	"period" text NOT NULL,
	"closing_balance" bigint NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "transfers" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"from_account_id" uuid NOT NULL,
	"to_account_id" uuid NOT NULL,
	"amount" bigint NOT NULL,
	"currency" text NOT NULL,
	"purpose" text,
	"reference" text NOT NULL,
	"status" text DEFAULT 'settled' NOT NULL,
	"reversed_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "transfers_currency_check" CHECK ("transfers"."currency" in ('EUR', 'GBP', 'USD')),
	CONSTRAINT "transfers_status_check" CHECK ("transfers"."status" in ('settled', 'reversed'))
);
--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "cards" ADD CONSTRAINT "cards_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "statements" ADD CONSTRAINT "statements_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "transfers" ADD CONSTRAINT "transfers_from_account_id_accounts_id_fk" FOREIGN KEY ("from_account_id") REFERENCES "public"."accounts"("id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "transfers" ADD CONSTRAINT "transfers_to_account_id_accounts_id_fk" FOREIGN KEY ("to_account_id") REFERENCES "public"."accounts"("id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "accounts_customer_id_index" ON "accounts" USING btree ("customer_id");
--> statement-breakpoint
CREATE INDEX "accounts_status_index" ON "accounts" USING btree ("status");
--> statement-breakpoint
CREATE INDEX "accounts_currency_index" ON "accounts" USING btree ("currency");
--> statement-breakpoint
CREATE INDEX "accounts_created_at_id_index" ON "accounts" USING btree ("created_at","id");
--> statement-breakpoint
CREATE INDEX "cards_account_id_index" ON "cards" USING btree ("account_id");
--> statement-breakpoint
CREATE INDEX "cards_status_index" ON "cards" USING btree ("status");
--> statement-breakpoint
CREATE INDEX "cards_kind_index" ON "cards" USING btree ("kind");
--> statement-breakpoint
CREATE INDEX "cards_created_at_id_index" ON "cards" USING btree ("created_at","id");
--> statement-breakpoint
CREATE INDEX "statements_account_id_index" ON "statements" USING btree ("account_id");
--> statement-breakpoint
CREATE INDEX "statements_period_index" ON "statements" USING btree ("period");
--> statement-breakpoint
CREATE INDEX "statements_created_at_id_index" ON "statements" USING btree ("created_at","id");
--> statement-breakpoint
CREATE INDEX "transfers_from_account_id_index" ON "transfers" USING btree ("from_account_id");
--> statement-breakpoint
CREATE INDEX "transfers_to_account_id_index" ON "transfers" USING btree ("to_account_id");
--> statement-breakpoint
CREATE INDEX "transfers_status_index" ON "transfers" USING btree ("status");
--> statement-breakpoint
CREATE INDEX "transfers_currency_index" ON "transfers" USING btree ("currency");
--> statement-breakpoint
CREATE INDEX "transfers_created_at_index" ON "transfers" USING btree ("created_at");
--> statement-breakpoint
CREATE INDEX "transfers_created_at_id_index" ON "transfers" USING btree ("created_at","id");
