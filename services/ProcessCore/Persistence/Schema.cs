using Integration.Hosting;
using Integration.Storage;

namespace Integration.ProcessCore.Persistence;

/// <summary>
/// The tables. An instance is one row, and what must be found without reading every state (what is due, who has an
/// incident) is a column of it, so that a step of a process is one update. Times are milliseconds since 1970.
/// </summary>
internal static class Schema
{
    public static readonly ComponentMigrations Migrations = new(
        "process-core",
        [
            new Migration(
                1,
                """
                create table definitions (
                    id text not null,
                    version integer not null,
                    name text,
                    xml text not null,
                    deployed_at bigint not null,
                    primary key (id, version)
                );

                create table message_starts (
                    message text not null primary key,
                    definition text not null
                );

                create table instances (
                    id text not null primary key,
                    definition text not null,
                    definition_version integer not null,
                    business_key text,
                    status text not null,
                    started_at bigint not null,
                    ended_at bigint,
                    next_due bigint,
                    incidents integer not null,
                    revision integer not null,
                    state {blob} not null
                );
                create index instances_by_status on instances (status, id);
                create index instances_by_definition on instances (definition, id);
                create index instances_due on instances (next_due) where next_due is not null;
                create index instances_with_incidents on instances (id) where incidents > 0;

                create table history (
                    instance_id text not null,
                    revision integer not null,
                    at bigint not null,
                    entries {blob} not null,
                    primary key (instance_id, revision)
                );

                create table outbox (
                    id text not null primary key,
                    exchange text not null,
                    routing_key text not null,
                    type text not null,
                    correlation_id text,
                    reply_to text,
                    trace_parent text,
                    trace_state text,
                    created_at bigint not null,
                    lease_until bigint not null,
                    body {blob} not null
                );

                create table inbox (
                    request_id text not null primary key,
                    instance_id text not null,
                    taken_at bigint not null
                );
                create index inbox_by_age on inbox (taken_at);

                create table subscriptions (
                    instance_id text not null,
                    element_key integer not null,
                    message text not null,
                    correlation_key text not null,
                    opened_at bigint not null,
                    primary key (instance_id, element_key)
                );
                create index subscriptions_by_message on subscriptions (message, correlation_key);

                create table messages (
                    request_id text not null primary key,
                    name text not null,
                    correlation_key text,
                    variables {blob} not null,
                    tenant text,
                    trace_parent text,
                    trace_state text,
                    received_at bigint not null,
                    expires_at bigint not null,
                    taken_by text
                );
                create index messages_waiting on messages (name, correlation_key) where taken_by is null;
                create index messages_by_expiry on messages (expires_at);
                """
            ),
            new Migration(
                2,
                """
                alter table messages add column reply_to text;
                alter table messages add column engine text;

                create table contracts (
                    service text not null,
                    instance text not null,
                    version text,
                    hash text,
                    operations {blob} not null,
                    contracts {blob},
                    seen_at bigint not null,
                    primary key (service, instance)
                );
                create index contracts_by_age on contracts (seen_at);
                """
            ),
            new Migration(
                3,
                """
                alter table definitions add column withdrawn_at bigint;
                """
            ),
        ]
    );
}
