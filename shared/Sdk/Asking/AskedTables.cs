using Integration.Hosting;
using Integration.Storage;

namespace Integration.Sdk;

/// <summary>Outer tasks that wait, and the inner tasks that they asked for. Empty in a service that asks no other.</summary>
internal static class AskedTables
{
    public static ComponentMigrations Migrations { get; } =
        new(
            "asking",
            [
                new Migration(
                    1,
                    """
                    create table waiting_tasks (
                        task_id text not null,
                        reply_to text not null,
                        attempt integer not null,
                        fingerprint {blob} not null,
                        plain_key integer not null,
                        request {blob} not null,
                        recorded_at bigint not null,
                        primary key (task_id, reply_to)
                    );
                    create index waiting_tasks_recorded_at on waiting_tasks (recorded_at);

                    create table asked_tasks (
                        inner_id text not null primary key,
                        task_id text not null,
                        reply_to text not null,
                        step text not null,
                        operation text not null,
                        version integer not null,
                        fingerprint {blob} not null,
                        state integer not null,
                        answer {blob},
                        unique (task_id, reply_to, step)
                    );
                    """
                ),
            ]
        );
}
