namespace Integration.Hosting;

/// <summary>How a doc comment is written out.</summary>
public enum DocStyle
{
    /// <summary>Plain text, for a terminal.</summary>
    Plain,

    /// <summary>Markdown: names and values as code.</summary>
    Markdown,
}
