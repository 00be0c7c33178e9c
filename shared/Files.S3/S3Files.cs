using Integration.Egress;
using Integration.Errors;
using Integration.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Integration.Files.S3;

/// <summary>S3-compatible stores for a service.</summary>
[RaisesFrom(typeof(FileErrors))]
[RaisesFrom(typeof(ObjectStore))]
public static class S3Files
{
    /// <summary>
    /// Registers <see cref="ObjectStores"/> with its settings <c>S3</c>, and the kind <c>S3</c> of file store, so that
    /// references into buckets are followed.
    /// </summary>
    public static WebApplicationBuilder AddS3Files(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddFiles();
        if (builder.Services.Any(service => service.ServiceType == typeof(ObjectStores)))
            return builder;
        builder.AddEgress();
        builder.AddSettings<S3Options>(S3Options.Section);
        builder.Services.TryAddSingleton<ObjectStores>();
        return builder.AddFileStoreKind<S3Kind>();
    }
}
