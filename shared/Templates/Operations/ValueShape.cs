namespace Integration.Templates;

/// <summary>What can stand at a place in JSON.</summary>
/// <param name="Kind">Which kind of value.</param>
public sealed record ValueShape(ValueKind Kind)
{
    /// <summary>Of a list, and of an object whose names are free: what each entry is.</summary>
    public ValueShape? Entry { get; init; }

    /// <summary>Of a record.</summary>
    public RecordShape? Record { get; init; }

    /// <summary>Of a choice: what can be written.</summary>
    public IReadOnlyList<Choice> Choices { get; init; } = [];

    /// <summary>Of a type with a form of its own: how it is written.</summary>
    public string Words { get; init; } = "";
}

/// <summary>One value of several.</summary>
/// <param name="Value">As it is written.</param>
/// <param name="Meaning">Its doc comment, in Markdown.</param>
public sealed record Choice(string Value, string Meaning);
