namespace Integration.Templates;

/// <summary>One input or output, or a part of one.</summary>
/// <param name="Name">As it stands in JSON, e.g. <c>contentType</c>.</param>
/// <param name="Value">What is written there.</param>
/// <param name="Meaning">Its doc comment, in Markdown, without the sentence about the default value.</param>
public sealed record Field(string Name, ValueShape Value, string Meaning)
{
    /// <summary>Whether an input must be sent, and an output is always there.</summary>
    public bool Required { get; init; }

    /// <summary>What counts when it is not sent, in Markdown: a value as code, or words. Empty when nothing does.</summary>
    public string Default { get; init; } = "";

    /// <summary>What is checked besides its type, e.g. "1 to 1000". Empty for nothing.</summary>
    public string Limits { get; init; } = "";

    /// <summary>Whether <c>{{secrets.NAME}}</c> may stand in it.</summary>
    public bool MayHoldSecrets { get; init; }
}
