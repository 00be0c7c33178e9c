using System.Text.Json;
using Amazon.S3;
using Amazon.S3.Model;
using Integration.Contracts;
using Integration.Errors;

namespace Integration.Files.S3;

/// <summary>One store: its client, with the timeout of the settings and the errors of the contract.</summary>
[RaisesFrom(typeof(ObjectStores))]
[RaisesFrom(typeof(StoreErrors))]
public sealed class ObjectStore : IDisposable
{
    private readonly AmazonS3Client _client;
    private readonly S3Options _options;
    private readonly Uploads _uploads;
    private readonly Copies _copies;
    private readonly TimeProvider _time;

    internal ObjectStore(
        string name,
        string target,
        AmazonS3Client client,
        SessionTokens tokens,
        S3Options options,
        Uploads uploads,
        Copies copies,
        TimeProvider time
    )
    {
        Name = name;
        _client = client;
        _options = options;
        _uploads = uploads;
        _copies = copies;
        _time = time;
        Target = target;
        Tokens = tokens;
    }

    /// <summary>As configured.</summary>
    public string Name { get; }

    /// <summary>Host and port.</summary>
    public string Target { get; }

    internal SessionTokens Tokens { get; }

    /// <summary>Calls the store; returns when its whole answer is there, or the headers of a download.</summary>
    /// <param name="what">What is done, for messages, e.g. <c>get-object</c>.</param>
    /// <param name="place">What it is about.</param>
    /// <param name="call">The call.</param>
    /// <param name="cancellation">Ends it at the store, too.</param>
    /// <exception cref="TaskErrorException">Whatever goes wrong.</exception>
    public async Task<T> CallAsync<T>(
        string what,
        ObjectPlace place,
        Func<IAmazonS3, CancellationToken, Task<T>> call,
        CancellationToken cancellation
    )
    {
        ArgumentNullException.ThrowIfNull(call);
        using var patience = new CancellationTokenSource(_options.RequestTimeout, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        try
        {
            return await call(_client, both.Token);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            throw patience.IsCancellationRequested
                ? StoreErrors.Timeout(this, what, place, _options.RequestTimeout, e)
                : StoreErrors.Of(this, what, place, e, _time);
        }
    }

    /// <summary>Stores a content, in parts when it is larger than one. What is not completed is removed again.</summary>
    /// <param name="upload">Where and how.</param>
    /// <param name="content">Read to its end. What it throws is passed on unchanged.</param>
    /// <param name="cancellation">Cancels the call.</param>
    public Task<UploadedObject> UploadAsync(ObjectUpload upload, Stream content, CancellationToken cancellation) =>
        _uploads.RunAsync(this, upload, content, cancellation);

    /// <summary>Copies an object inside the store, in parts when it is large. What is not completed is removed again.</summary>
    /// <param name="copy">What and where to.</param>
    /// <param name="cancellation">Cancels the call.</param>
    public Task<CopiedObject> CopyAsync(ObjectCopy copy, CancellationToken cancellation) =>
        _copies.RunAsync(this, copy, cancellation);

    /// <summary>Opens an object for reading. The caller disposes the answer.</summary>
    /// <remarks>The stream fails with the errors of the contract when the store stops sending.</remarks>
    public async Task<ObjectContent> OpenReadAsync(
        string what,
        ObjectPlace place,
        GetObjectRequest request,
        CancellationToken cancellation
    )
    {
        var answer = await CallAsync(what, place, (s3, token) => s3.GetObjectAsync(request, token), cancellation);
        return new ObjectContent(answer, new DownloadStream(this, what, place, answer, _options.RequestTimeout, _time));
    }

    /// <summary>An address that works without credentials until it expires.</summary>
    public Task<string> PresignAsync(GetPreSignedUrlRequest request, ObjectPlace place, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.Protocol =
            _client.Config.ServiceURL?.StartsWith("http:", StringComparison.Ordinal) == true
                ? Protocol.HTTP
                : Protocol.HTTPS;
        return CallAsync("presign", place, (s3, _) => s3.GetPreSignedURLAsync(request), cancellation);
    }

    /// <summary>The error of a deletion that succeeded for some objects only: that of the first, with all keys in its details.</summary>
    public TaskErrorException Failed(string what, ObjectPlace place, IReadOnlyList<DeleteError> errors)
    {
        ArgumentNullException.ThrowIfNull(place);
        ArgumentNullException.ThrowIfNull(errors);
        var details = JsonSerializer.SerializeToElement(
            new { notRemoved = errors.Take(100).Select(error => new { key = error.Key, code = error.Code }) },
            OperationJson.Options
        );
        return StoreErrors.OfKey(this, what, place with { Key = errors[0].Key }, errors[0].Code, details);
    }

    /// <inheritdoc />
    public void Dispose() => _client.Dispose();
}
