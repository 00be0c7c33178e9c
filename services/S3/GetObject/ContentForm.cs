namespace Integration.S3.GetObject;

/// <summary>How a process wants a content.</summary>
public enum ContentForm
{
    /// <summary>As text in UTF-8.</summary>
    Text,

    /// <summary>In base64.</summary>
    Base64,

    /// <summary>As a file reference.</summary>
    File,
}
