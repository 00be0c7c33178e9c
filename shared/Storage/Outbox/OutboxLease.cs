namespace Integration.Storage;

/// <summary>Parameters of a statement about the lease of one entry.</summary>
internal readonly record struct OutboxLease<TKey>(TKey Id, long Until);
