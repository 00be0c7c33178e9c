using Integration.Egress;
using Integration.Files;
using Integration.Files.S3;
using Integration.Hosting;
using Integration.Sdk;
using Integration.Sql.Call;
using Integration.Sql.Execute;
using Integration.Sql.Query;
using Integration.Sql.Running;
using Integration.Sql.Statements;
using Microsoft.Extensions.Options;

namespace Integration.Sql;

/// <summary>Reads and changes databases for processes.</summary>
public static class SqlService
{
    /// <summary>The service, ready to be run.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="configure">Replaces parts of it, e.g. the bus.</param>
    public static WebApplication Create(string[] args, Action<WebApplicationBuilder>? configure = null) =>
        IntegrationService.Create(
            args,
            new ServiceDescription("sql", 5115),
            builder =>
            {
                builder.AddSql();
                configure?.Invoke(builder);
            }
        );

    /// <summary>The operations, and what they need.</summary>
    public static WebApplicationBuilder AddSql(this WebApplicationBuilder builder)
    {
        builder.AddSettings<SqlOptions>(SqlOptions.Section);
        builder.AddEgress();
        builder.AddS3Files();
        builder.Services.AddSingleton<StatementCatalog>();
        builder.Services.AddSingleton<Databases>();
        builder.Services.AddSingleton(provider => new Runner(
            provider.GetRequiredService<StatementCatalog>(),
            provider.GetRequiredService<Databases>(),
            provider.GetRequiredService<IFileStores>(),
            provider.GetRequiredService<IOptions<SqlOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            Random.Shared
        ));
        builder.AddOperation<QueryOperation>();
        builder.AddOperation<ExecuteOperation>();
        builder.AddOperation<CallOperation>();
        return builder;
    }
}
