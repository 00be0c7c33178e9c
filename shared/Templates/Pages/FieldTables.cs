using System.Text;

namespace Integration.Templates;

/// <summary>Tables of fields: one of the record itself, one of each record in it, named as error messages name the place.</summary>
internal sealed class FieldTables
{
    private readonly StringBuilder _text = new();
    private readonly Queue<(string Path, RecordShape Record)> _further = new();
    private readonly Dictionary<string, string> _paths = new(StringComparer.Ordinal);
    private readonly bool _sent;

    private FieldTables(bool sent) => _sent = sent;

    public static string Inputs(RecordShape record) => new FieldTables(sent: true).Write("inputs", record);

    public static string Outputs(RecordShape record) => new FieldTables(sent: false).Write("outputs", record);

    private string Write(string path, RecordShape record)
    {
        _paths[record.Key] = path;
        Table(path, record);
        while (_further.TryDequeue(out var next))
        {
            _text.Append($"\n### {next.Path}\n\n");
            if (next.Record.Summary.Length > 0)
                _text.Append(next.Record.Summary).Append("\n\n");
            Table(next.Path, next.Record);
        }

        return _text.ToString();
    }

    private void Table(string path, RecordShape record)
    {
        if (record.Fields.Count == 0)
        {
            _text.Append("None.\n");
            return;
        }

        string[] head =
            path == "inputs" ? ["input", "type", "default", ""]
            : path == "outputs" ? ["output", "type", "present", ""]
            : ["field", "type", _sent ? "default" : "present", ""];
        _text.Append(Markdown.Table(head, record.Fields.Select(field => Row(path, field))));
    }

    private string[] Row(string path, Field field) =>
        [
            $"`{field.Name}`",
            TypeWords.Of(field.Value, shape => Anchor($"{path}.{field.Name}{Entry(field.Value)}", shape))
                + (field.Limits.Length > 0 ? $", {field.Limits}" : ""),
            _sent
                ? field.Required
                    ? "**required**"
                    : field.Default
                : field.Required
                    ? "always"
                    : "optional",
            Meaning(field),
        ];

    // A record that was met before, perhaps in itself, is told once.
    private string Anchor(string path, RecordShape record)
    {
        if (!_paths.TryGetValue(record.Key, out var known))
        {
            _paths[record.Key] = known = path;
            _further.Enqueue((path, record));
        }

        return Markdown.Anchor(known);
    }

    private static string Entry(ValueShape value) =>
        value.Kind switch
        {
            ValueKind.List => $"[]{Entry(value.Entry!)}",
            ValueKind.Map => $".NAME{Entry(value.Entry!)}",
            _ => "",
        };

    private static string Meaning(Field field)
    {
        var choices = (field.Value.Kind is ValueKind.List ? field.Value.Entry! : field.Value).Choices;
        var lines = choices
            .Where(choice => choice.Meaning.Length > 0)
            .Select(choice => $"`{choice.Value}`: {choice.Meaning}")
            .Prepend(field.MayHoldSecrets ? $"{field.Meaning} May name [secrets](../secrets.md)." : field.Meaning);
        return string.Join("\n", lines.Where(line => line.Length > 0));
    }
}
