using Integration.Storage;

namespace Integration.ErrorTreatment.Storing;

/// <summary>The tables. Times are milliseconds since 1970, documents are JSON.</summary>
internal static class Schema
{
    public const string Component = "error-treatment";

    public static IReadOnlyList<Migration> Migrations { get; } =
    [
        new(
            1,
            """
            create table failures (
                id text primary key,
                subject text not null unique,
                kind text not null,
                state text not null,
                reason text not null,
                task_id text,
                operation text,
                process text,
                business_key text,
                reply_to text,
                category text not null,
                code text not null,
                service text,
                attempt bigint not null,
                retries bigint not null,
                next_at bigint,
                span bigint,
                trace_parent text,
                error text not null,
                request text,
                message text,
                search text not null,
                first_at bigint not null,
                updated_at bigint not null
            );
            create index failures_next on failures (next_at) where next_at is not null;
            create index failures_task on failures (task_id);
            create index failures_state on failures (state, category);

            create table failure_attempts (
                failure_id text not null references failures (id) on delete cascade,
                attempt bigint not null,
                occurred_at bigint not null,
                service text,
                error text not null,
                primary key (failure_id, attempt)
            );

            create table failure_history (
                id {identity},
                failure_id text not null references failures (id) on delete cascade,
                at bigint not null,
                state text not null,
                attempt bigint not null,
                note text not null,
                by_whom text
            );
            create index failure_history_failure on failure_history (failure_id);

            create table withdrawals (
                task_id text primary key,
                reason text not null,
                at bigint not null
            );

            create table outbox (
                id {identity},
                failure_id text not null,
                message text not null,
                leased_until bigint not null
            );
            """
        ),
        // A row without an engine is of the version before. Its replicas go on with the withdrawals that they know, and newer ones
        // write them there as well.
        new(
            2,
            """
            alter table failures add column masked bigint not null default 0;
            update failures set search = search || '
            ' || lower(reply_to) where reply_to is not null;

            alter table withdrawals add column reply_to text;
            create table engine_withdrawals (
                task_id text not null,
                reply_to text not null,
                reason text not null,
                at bigint not null,
                primary key (task_id, reply_to)
            );
            """
        ),
        new(
            3,
            """
            alter table failures add column parent_task_id text;
            alter table failures add column parent_reply_to text;
            create index failures_parent on failures (parent_task_id) where parent_task_id is not null;
            """
        ),
        // What stood there is what operators said of themselves, and stays that.
        new(
            4,
            """
            alter table failure_history add column verified_by text;
            """
        ),
    ];
}
