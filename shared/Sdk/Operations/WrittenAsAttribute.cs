namespace Integration.Sdk;

/// <summary>
/// On a type with a JSON converter of its own: how a value of it is written, in the words of the reference pages. The type
/// does not show it.
/// </summary>
/// <param name="words">E.g. "number or text".</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class WrittenAsAttribute(string words) : Attribute
{
    /// <summary>E.g. "number or text".</summary>
    public string Words { get; } = words;

    /// <summary>
    /// JSON Schema (2020-12) of the form: takes what the converter takes. What a schema cannot say stands in its
    /// <c>x-checks</c>, a list of sentences. The default value is none: the contract leaves the form open, and says so.
    /// </summary>
    public string? Schema { get; init; }
}
