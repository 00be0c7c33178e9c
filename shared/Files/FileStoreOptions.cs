namespace Integration.Files;

/// <summary>The settings of one store: <c>Files__Stores__NAME__…</c>.</summary>
public sealed class FileStoreOptions
{
    /// <summary>Folder, or a kind that the service adds. The default value is empty: it must be set.</summary>
    public string Kind { get; set; } = "";

    /// <summary>Of the kind Folder: an existing folder, as an absolute path. The default value is empty.</summary>
    public string Path { get; set; } = "";

    /// <summary>Of the kind S3: the store in section S3 that has the endpoint and the credentials. The default value is default.</summary>
    public string Profile { get; set; } = "default";

    /// <summary>Of the kind S3: the one bucket that is used. The default value is empty: it must be set.</summary>
    public string Bucket { get; set; } = "";

    /// <summary>Of the kind S3: what every key begins with, e.g. integration/. The default value is empty.</summary>
    public string Prefix { get; set; } = "";
}
