using Integration.Storage;

namespace Integration.Hosting;

/// <summary>The table of tokens, in the database of each service. A name stands for one token at a time; revoked ones stay.</summary>
internal static class TokenSchema
{
    public static ComponentMigrations Migrations { get; } =
        new(
            "api-tokens",
            [
                new Migration(
                    1,
                    """
                    create table api_tokens (
                        id {identity},
                        name text not null,
                        hash text not null unique,
                        role text not null,
                        origin text not null,
                        created_at bigint not null,
                        expires_at bigint,
                        revoked_at bigint,
                        last_used_at bigint
                    );
                    create unique index api_tokens_name on api_tokens (name) where revoked_at is null;
                    """
                ),
            ]
        );
}
