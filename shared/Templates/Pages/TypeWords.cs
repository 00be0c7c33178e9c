namespace Integration.Templates;

/// <summary>Values in the words that process designers read.</summary>
internal static class TypeWords
{
    /// <summary>E.g. "list of texts".</summary>
    /// <param name="value">The value.</param>
    /// <param name="anchor">Where the fields of a record are told.</param>
    public static string Of(ValueShape value, Func<RecordShape, string> anchor) =>
        value.Kind switch
        {
            ValueKind.WholeNumber => "whole number",
            ValueKind.Choice => Or(value.Choices),
            ValueKind.File => "[file reference](../files.md)",
            ValueKind.List => $"list{Entries(value, anchor)}",
            ValueKind.Map => $"object{Entries(value, anchor)}",
            ValueKind.Record => $"[object](#{anchor(value.Record!)})",
            ValueKind.Special => value.Words,
            _ => value.Kind.ToString().ToLowerInvariant(),
        };

    private static string Entries(ValueShape value, Func<RecordShape, string> anchor) =>
        value.Entry switch
        {
            { Kind: ValueKind.Any } => "",
            { Kind: ValueKind.Choice or ValueKind.Special } entry => $" of {Of(entry, anchor)}",
            { Kind: ValueKind.File } => " of [file references](../files.md)",
            { Kind: ValueKind.Record } entry => $" of [objects](#{anchor(entry.Record!)})",
            { Kind: ValueKind.List } entry => $" of lists{Entries(entry, anchor)}",
            var entry => $" of {Of(entry!, anchor)}s",
        };

    private static string Or(IReadOnlyList<Choice> choices) =>
        string.Join(", ", choices.SkipLast(1).Select(Code)) + (choices.Count > 1 ? " or " : "") + Code(choices[^1]);

    private static string Code(Choice choice) => $"`{choice.Value}`";
}
