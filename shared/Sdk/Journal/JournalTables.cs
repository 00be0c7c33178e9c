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
            ]
        );
}
