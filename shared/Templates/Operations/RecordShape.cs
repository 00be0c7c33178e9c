using Integration.Contracts;
using Integration.Hosting;

namespace Integration.Templates;

/// <summary>A record as it is written in JSON.</summary>
/// <param name="type">The record. One that holds itself is no problem: fields are read when they are asked for.</param>
public sealed class RecordShape(Type type)
{
    private IReadOnlyList<Field>? _fields;

    /// <summary>The record.</summary>
    public Type Type { get; } = type;

    /// <summary>The summary of the record, in Markdown.</summary>
    public string Summary => DocComments.Of(Type.Assembly).Summary(Type, DocStyle.Markdown);

    /// <summary>In the order of their declaration.</summary>
    /// <exception cref="ArgumentException">A type cannot be told in words; the message names the way out.</exception>
    public IReadOnlyList<Field> Fields =>
        _fields ??= [
            .. OperationJson
                .Options.GetTypeInfo(Type)
                .Properties.Where(property => property.Get is not null || property.Set is not null)
                .Select(FieldReader.Read),
        ];
}
