namespace Integration.Soap.Wsdl;

/// <summary>How much is read for one WSDL. What is larger is refused.</summary>
public sealed record WsdlLimits
{
    /// <summary>Documents, the first one included. The default value is 200.</summary>
    public int MaxDocuments { get; init; } = 200;

    /// <summary>Size of one document in bytes. The default value is 10485760 (10 MiB).</summary>
    public long MaxDocumentBytes { get; init; } = 10 * 1024 * 1024;

    /// <summary>Size of all documents in bytes. The default value is 52428800 (50 MiB).</summary>
    public long MaxTotalBytes { get; init; } = 50 * 1024 * 1024;
}
