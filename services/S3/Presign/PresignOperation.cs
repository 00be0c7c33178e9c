using Amazon.S3;
using Amazon.S3.Model;
using Integration.Errors;
using Integration.Files.S3;
using Integration.Sdk;
using Microsoft.Extensions.Options;

namespace Integration.S3.Presign;

/// <summary>
/// Makes an address by which one object can be fetched or stored without credentials, until it expires. Nothing is sent.
/// </summary>
/// <remarks>Anyone who has the address can use it, and it stands in the task's outputs: let it expire soon.</remarks>
[Operation("s3.presign", Version = 1, Effect = Effect.Read)]
[RaisesFrom(typeof(ObjectStores))]
internal sealed class PresignOperation(ObjectStores stores, IOptions<S3ServiceOptions> options)
    : Operation<PresignOperation.Input, PresignOperation.Output>
{
    /// <summary>For what.</summary>
    /// <param name="Bucket">The bucket.</param>
    /// <param name="Key">The object's key: up to 1024 bytes, no leading slash, no <c>.</c> or <c>..</c> between slashes.</param>
    /// <param name="Method">What the address is for. The default value is <c>get</c>.</param>
    /// <param name="ExpiresIn">Seconds from now, up to <c>S3__MaxPresignExpiry</c>. The default value is <c>S3__PresignExpiry</c> of the service.</param>
    /// <param name="ContentType">With <c>put</c>: the media type that must be sent.</param>
    /// <param name="Store">Which of the configured S3 stores. The default value is <c>default</c>.</param>
    public sealed record Input(
        string Bucket,
        string Key,
        PresignMethod Method = PresignMethod.Get,
        int? ExpiresIn = null,
        string? ContentType = null,
        string Store = "default"
    );

    /// <summary>The address.</summary>
    /// <param name="Url">Use it as it is.</param>
    /// <param name="ExpiresAt">After this moment it does not work.</param>
    public sealed record Output(string Url, DateTimeOffset ExpiresAt);

    /// <inheritdoc />
    public override async Task<Output> ExecuteAsync(Input input, TaskContext task, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(task);
        var place = ObjectNames.Place(input.Bucket, input.Key);
        if (input.ContentType is not null && input.Method == PresignMethod.Get)
            throw InvalidInput.At("contentType", "is for the method 'put' only.");
        var expires = task.Time.GetUtcNow() + Expiry(input.ExpiresIn);
        var request = new GetPreSignedUrlRequest
        {
            BucketName = place.Bucket,
            Key = place.Key,
            Verb = input.Method == PresignMethod.Put ? HttpVerb.PUT : HttpVerb.GET,
            Expires = expires.UtcDateTime,
            ContentType = input.ContentType,
        };
        return new Output(await stores.Get(input.Store).PresignAsync(request, place, cancellation), expires);
    }

    private TimeSpan Expiry(int? seconds)
    {
        if (seconds is not { } asked)
            return options.Value.PresignExpiry;
        var most = options.Value.MaxPresignExpiry;
        return asked >= 1 && asked <= most.TotalSeconds
            ? TimeSpan.FromSeconds(asked)
            : throw InvalidInput.At(
                "expiresIn",
                $"must be between 1 and {most.TotalSeconds:0} seconds; S3__MaxPresignExpiry of the service sets the bound."
            );
    }
}
