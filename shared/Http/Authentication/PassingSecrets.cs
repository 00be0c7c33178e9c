using Integration.Hosting;

namespace Integration.Http;

/// <summary>
/// Masks the last few of secrets that replace each other, and forgets the ones before: a mask that only grows would slow a
/// service down that runs for months.
/// </summary>
internal sealed class PassingSecrets(SecretMask mask, int most)
{
    private readonly Lock _lock = new();
    private readonly Queue<string> _known = [];

    public void Add(string secret)
    {
        lock (_lock)
        {
            if (_known.Contains(secret, StringComparer.Ordinal))
                return;
            mask.AddPassing(secret);
            _known.Enqueue(secret);
            if (_known.Count > most)
                mask.Forget(_known.Dequeue());
        }
    }

    /// <summary>The end of all of them.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            while (_known.TryDequeue(out var secret))
                mask.Forget(secret);
        }
    }
}
