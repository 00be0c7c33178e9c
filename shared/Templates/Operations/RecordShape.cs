using System.Text.Json;

namespace Integration.Templates;

/// <summary>An object with known fields, as a contract describes it.</summary>
public sealed class RecordShape
{
    private readonly SchemaPart _part;
    private IReadOnlyList<Field>? _fields;

    internal RecordShape(SchemaPart part) => _part = part;

    /// <summary>Which one it is: the same wherever it is used.</summary>
    public string Key => _part.Place;

    /// <summary>What it is, in Markdown; may be empty.</summary>
    public string Summary => _part.Text("description");

    /// <summary>In the order of their declaration. One that holds itself is no problem: fields are read when they are asked for.</summary>
    /// <exception cref="ArgumentException">A field cannot be told in words; the message names the way out.</exception>
    public IReadOnlyList<Field> Fields => _fields ??= [.. Read()];

    /// <summary>Of the inputs or outputs of an operation.</summary>
    public static RecordShape Of(JsonElement schema) => new(new SchemaPart(schema));

    private IEnumerable<Field> Read()
    {
        var required = _part.Texts("required").ToHashSet(StringComparer.Ordinal);
        var part = _part;
        return part.Keyword("properties") is { } properties
            ? properties
                .EnumerateObject()
                .Select(field =>
                    FieldReader.Read(
                        field.Name,
                        part.Within($"properties/{field.Name}", field.Value),
                        required.Contains(field.Name)
                    )
                )
            : [];
    }
}
