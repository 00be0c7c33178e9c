using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Integration.Contracts;
using Integration.Hosting;
using Integration.Sdk;

namespace Integration.Templates;

/// <summary>Types as what they are in JSON.</summary>
internal static class ValueReader
{
    private static readonly Dictionary<Type, ValueKind> _known = new()
    {
        [typeof(string)] = ValueKind.Text,
        [typeof(char)] = ValueKind.Text,
        [typeof(Guid)] = ValueKind.Text,
        [typeof(Uri)] = ValueKind.Text,
        [typeof(byte[])] = ValueKind.Text,
        [typeof(bool)] = ValueKind.Boolean,
        [typeof(byte)] = ValueKind.WholeNumber,
        [typeof(short)] = ValueKind.WholeNumber,
        [typeof(int)] = ValueKind.WholeNumber,
        [typeof(long)] = ValueKind.WholeNumber,
        [typeof(uint)] = ValueKind.WholeNumber,
        [typeof(ulong)] = ValueKind.WholeNumber,
        [typeof(float)] = ValueKind.Number,
        [typeof(double)] = ValueKind.Number,
        [typeof(decimal)] = ValueKind.Number,
        [typeof(DateTimeOffset)] = ValueKind.Moment,
        [typeof(DateTime)] = ValueKind.Moment,
        [typeof(DateOnly)] = ValueKind.Date,
        [typeof(TimeSpan)] = ValueKind.Duration,
        [typeof(FileReference)] = ValueKind.File,
        [typeof(JsonElement)] = ValueKind.Any,
        [typeof(JsonNode)] = ValueKind.Any,
        [typeof(JsonObject)] = ValueKind.Map,
        [typeof(JsonArray)] = ValueKind.List,
        [typeof(object)] = ValueKind.Any,
    };

    /// <exception cref="ArgumentException">The type has a converter, and nobody has said how it is written.</exception>
    public static ValueShape Read(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.GetCustomAttribute<WrittenAsAttribute>() is { } form)
            return new ValueShape(ValueKind.Special) { Words = form.Words };
        if (_known.TryGetValue(type, out var kind))
            return new ValueShape(kind)
            {
                Entry = kind is ValueKind.List or ValueKind.Map ? Read(typeof(object)) : null,
            };
        if (type.IsEnum)
            return new ValueShape(ValueKind.Choice) { Choices = [.. Choices(type)] };
        var json = OperationJson.Options.GetTypeInfo(type);
        return json.Kind switch
        {
            JsonTypeInfoKind.Object => new ValueShape(ValueKind.Record) { Record = new RecordShape(type) },
            JsonTypeInfoKind.Enumerable => new ValueShape(ValueKind.List) { Entry = Read(json.ElementType!) },
            JsonTypeInfoKind.Dictionary => new ValueShape(ValueKind.Map) { Entry = Read(json.ElementType!) },
            _ => throw new ArgumentException(
                $"Nobody can tell how {type} is written in JSON: put [WrittenAs(\"…\")] on it.",
                nameof(type)
            ),
        };
    }

    private static IEnumerable<Choice> Choices(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => new Choice(
                JsonSerializer.Serialize(field.GetValue(null), type, OperationJson.Options).Trim('"'),
                DocComments.Of(type.Assembly).Summary(field, DocStyle.Markdown)
            ));
}
