namespace Integration.Soap.Mapping;

/// <summary>How an answer is read.</summary>
public sealed record AnswerReading
{
    /// <summary>
    /// Largest binary content that becomes text in the JSON, in bytes, when there is a <see cref="Sink"/> for larger ones.
    /// The default value is 131072 (128 KiB).
    /// </summary>
    public int MaxInlineBytes { get; init; } = 128 * 1024;

    /// <summary>Deepest nesting of elements that stay XML, or are in the detail of a fault. The default value is 100.</summary>
    public int MaxDepth { get; init; } = 100;

    /// <summary>
    /// Where larger binary content goes as it is read; without one it stays in the JSON, as long as the reader's own limit
    /// permits.
    /// </summary>
    public IContentSink? Sink { get; init; }
}
