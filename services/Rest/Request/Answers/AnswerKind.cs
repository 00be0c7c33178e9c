namespace Integration.Rest.Request;

/// <summary>How a process wants the body of an answer.</summary>
public enum AnswerKind
{
    /// <summary>JSON where the target says that it is JSON, otherwise text.</summary>
    Auto,

    /// <summary>JSON, whatever the target says.</summary>
    Json,

    /// <summary>Text, whatever the target says.</summary>
    Text,

    /// <summary>XML, as JSON.</summary>
    Xml,

    /// <summary>Bytes in base64.</summary>
    Base64,

    /// <summary>A file reference; streamed into a file store.</summary>
    File,
}
