using Amazon.S3.Model;
using Integration.Hosting;

namespace Integration.Files.S3;

/// <summary>The bytes of an object. Waits no longer than the settings say for the next ones, and reports what goes wrong.</summary>
internal sealed class DownloadStream(
    ObjectStore store,
    string what,
    ObjectPlace place,
    GetObjectResponse answer,
    TimeSpan patience,
    TimeProvider time
) : ReadingStream
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using var timeout = new CancellationTokenSource(patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            return await answer.ResponseStream.ReadAsync(buffer, both.Token);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            throw timeout.IsCancellationRequested
                ? StoreErrors.Timeout(store, what, place, patience, e)
                : StoreErrors.Of(store, what, place, e, time);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            answer.Dispose();
        base.Dispose(disposing);
    }
}
