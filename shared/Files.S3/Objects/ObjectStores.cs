using System.Collections.Concurrent;
using Integration.Contracts;
using Integration.Egress;
using Integration.Errors;
using Integration.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Integration.Files.S3;

/// <summary>The configured S3-compatible stores, by name.</summary>
[RaisesFrom(typeof(ClientConfiguration))]
[RaisesFrom(typeof(ConfiguredCredentials))]
[Raises(
    ErrorCategory.Data,
    "store-unknown",
    "The service has no S3 store of this name.",
    "Correct the name, or configure `S3__Stores__NAME__Endpoint`."
)]
public sealed class ObjectStores : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<ObjectStore>> _open = new(StringComparer.Ordinal);
    private readonly S3Options _options;
    private readonly GuardedHttpClients _http;
    private readonly Uploads _uploads;
    private readonly Copies _copies;
    private readonly TimeProvider _time;
    private readonly SecretMask _mask;

    /// <summary>Opens nothing yet.</summary>
    public ObjectStores(
        IOptions<S3Options> options,
        GuardedConnector connector,
        CertificateCheck certificates,
        SecretMask mask,
        TimeProvider time,
        ILogger<ObjectStores> logger
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options.Value;
        _time = time;
        _mask = mask;
        _http = new GuardedHttpClients(connector, certificates, _options);
        var unfinished = new UnfinishedUploads(_options, time, logger);
        _uploads = new Uploads(_options, unfinished);
        _copies = new Copies(_options, unfinished);
    }

    /// <summary>The store of this name.</summary>
    /// <exception cref="DataErrorException">There is none: code <c>store-unknown</c>.</exception>
    public ObjectStore Get(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _options.Stores.TryGetValue(name, out var settings)
            ? _open.GetOrAdd(name, _ => new Lazy<ObjectStore>(() => Open(name, settings))).Value
            : throw new DataErrorException("store-unknown", Unknown(name)) { Status = -1 };
    }

    /// <summary>Closes all connections.</summary>
    public void Dispose()
    {
        foreach (var store in _open.Values)
            Close(store);
        _http.Dispose();
        _uploads.Dispose();
    }

    private static void Close(Lazy<ObjectStore> store)
    {
        if (store.IsValueCreated)
            store.Value.Dispose();
    }

    private ObjectStore Open(string name, S3StoreOptions settings)
    {
        var tokens = new SessionTokens();
        var client = ClientConfiguration.Client(name, settings, _http, _mask, tokens);
        return new ObjectStore(name, settings.Target, client, tokens, _options, _uploads, _copies, _time);
    }

    private string Unknown(string name)
    {
        var known = _options.Stores.Keys.Order(StringComparer.Ordinal).ToList();
        return $"This service has no S3 store '{name}'. "
            + (known.Count == 0 ? "It has none at all" : $"It has: {string.Join(", ", known)}")
            + $". Correct the name, or configure S3__Stores__{name}__Endpoint and its credentials.";
    }
}
