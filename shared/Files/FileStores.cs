using System.Collections.Concurrent;
using System.Globalization;
using Integration.Contracts;
using Integration.Errors;
using Microsoft.Extensions.Options;

namespace Integration.Files;

/// <summary>The configured stores, with what is common to all kinds: names, new keys, sizes and hashes.</summary>
internal sealed class FileStores(IOptions<FilesOptions> options, IEnumerable<IFileStoreKind> kinds, TimeProvider time)
    : IFileStores
{
    private readonly ConcurrentDictionary<string, IFileStore> _open = new(StringComparer.Ordinal);

    public void Require(string store)
    {
        if (!options.Value.Stores.ContainsKey(store))
            throw new DataErrorException("file-store-unknown", Unknown(store)) { Status = -1 };
    }

    public async Task<Stream> OpenReadAsync(FileReference reference, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(reference);
        var store = Store(reference.Store);
        try
        {
            return new VerifiedStream(await store.OpenReadAsync(reference, cancellation), reference);
        }
        catch (Exception e) when (ReadFailure.Is(e))
        {
            throw ReadFailure.Of(reference, e);
        }
    }

    public async Task<FileReference> SaveAsync(
        string store,
        Stream content,
        string? name,
        string? contentType,
        CancellationToken cancellation
    )
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(content);
        var target = Store(store);
        await using var measured = new MeasuredStream(content, options.Value.MaxBytes, store);
        var stored = await target.SaveAsync(NewKey(), measured, contentType, cancellation);
        return new FileReference(store, stored.Key, measured.Size, measured.Sha256())
        {
            Bucket = stored.Bucket,
            ContentType = contentType,
            Name = name,
        };
    }

    // By day, so that old ones are found and removed without reading anything.
    private string NewKey()
    {
        var now = time.GetUtcNow();
        return string.Create(CultureInfo.InvariantCulture, $"{now:yyyy/MM/dd}/{Guid.CreateVersion7(now)}");
    }

    private IFileStore Store(string name)
    {
        Require(name);
        var settings = options.Value.Stores[name];
        return _open.GetOrAdd(name, _ => Kind(settings.Kind).Open(name, settings));
    }

    private IFileStoreKind Kind(string name) =>
        kinds.First(kind => kind.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private string Unknown(string name)
    {
        var known = options.Value.Stores.Keys.Order(StringComparer.Ordinal).ToList();
        return $"This service has no file store '{name}'. "
            + (known.Count == 0 ? "It has none at all" : $"It has: {string.Join(", ", known)}")
            + $". Correct the name, or configure Files__Stores__{name}__Kind.";
    }
}
