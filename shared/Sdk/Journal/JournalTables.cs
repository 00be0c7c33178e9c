using Integration.Hosting;
using Integration.Storage;

namespace Integration.Sdk;

internal static class JournalTables
{
    public static ComponentMigrations Migrations { get; } =
        new(
            "journal",
            [
                new Migration(
                    1,
                    """
                    create table journal (
                        task_id text not null primary key,
                        attempt integer not null,
                        state integer not null,
                        operation text not null,
                        owner text not null,
                        expires_at bigint not null,
                        outcome {blob},
                        recorded_at bigint not null
                    );
                    create index journal_recorded_at on journal (recorded_at);
                    """
                ),
                // Replicas of the version before go on with the table that they know: it keeps the rows of the engine that used an id
                // first. Without engine, a row is of that version.
                new Migration(
                    2,
                    """
                    alter table journal add column engine text;
                    alter table journal add column fingerprint {blob};
                    alter table journal add column plain_key integer not null default 1;

                    create table journal_further (
                        task_id text not null,
                        engine text not null,
                        step text not null default '',
                        fingerprint {blob} not null,
                        plain_key integer not null,
                        attempt integer not null,
                        state integer not null,
                        operation text not null,
                        owner text not null,
                        expires_at bigint not null,
                        outcome {blob},
                        recorded_at bigint not null,
                        primary key (task_id, engine, step)
                    );
                    create index journal_further_recorded_at on journal_further (recorded_at);

                    create table idempotency_keys (
                        id integer not null primary key,
                        first_engine text not null,
                        plain_until bigint not null
                    );
                    """
                ),
            ]
        );
}
