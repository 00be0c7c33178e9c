using Integration.Files.S3;
using Integration.Hosting;
using Integration.Sdk;

namespace Integration.S3;

/// <summary>Keeps and fetches objects in S3-compatible stores for processes.</summary>
public static class S3Service
{
    /// <summary>The service, ready to be run.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="configure">Replaces parts of it, e.g. the bus.</param>
    public static WebApplication Create(string[] args, Action<WebApplicationBuilder>? configure = null) =>
        IntegrationService.Create(
            args,
            new ServiceDescription("s3", 5112),
            builder =>
            {
                builder.AddS3();
                configure?.Invoke(builder);
            }
        );

    /// <summary>The operations, and what they need.</summary>
    public static WebApplicationBuilder AddS3(this WebApplicationBuilder builder)
    {
        builder.AddS3Files();
        builder.AddSettings<S3ServiceOptions>(S3ServiceOptions.Section);
        builder.Services.AddSingleton<GetObject.ContentDelivery>();
        builder.AddOperation<PutObject.PutObjectOperation>();
        builder.AddOperation<GetObject.GetObjectOperation>();
        builder.AddOperation<HeadObject.HeadObjectOperation>();
        builder.AddOperation<DeleteObjects.DeleteObjectsOperation>();
        builder.AddOperation<ListObjects.ListObjectsOperation>();
        builder.AddOperation<CopyObject.CopyObjectOperation>();
        builder.AddOperation<Presign.PresignOperation>();
        return builder;
    }
}
