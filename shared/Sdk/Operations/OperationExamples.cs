using System.Text.Json;
using Integration.Contracts;

namespace Integration.Sdk;

/// <summary>
/// The examples of an operation, from the file beside its class: <c>PutObjectOperation.examples.json</c>. The build puts it into the
/// assembly, so that contract, reference page and <c>--try</c> have it wherever the service runs.
/// </summary>
internal static class OperationExamples
{
    private static readonly JsonSerializerOptions _reading = new(OperationJson.Options)
    {
        AllowDuplicateProperties = false,
    };

    /// <summary>Empty without a file.</summary>
    /// <exception cref="ArgumentException">The file does not fit; the message has its name.</exception>
    public static IReadOnlyList<OperationExample> Of(Type operation)
    {
        var file = $"{operation.Name}.examples.json";
        using var stream = operation.Assembly.GetManifestResourceStream(file);
        if (stream is null)
            return [];
        try
        {
            var examples = JsonSerializer.Deserialize<IReadOnlyList<OperationExample>>(stream, _reading) ?? [];
            return
            [
                .. examples.Select(example =>
                    example with
                    {
                        Inputs = WithoutMargin(example.Inputs),
                        Outputs = WithoutMargin(example.Outputs),
                    }
                ),
            ];
        }
        catch (JsonException e)
        {
            throw new ArgumentException(
                $"{file} holds no examples: {e.Message} It is a list of objects with title, inputs, outputs and perhaps remark.",
                nameof(operation),
                e
            );
        }
    }

    // An example is shown as it was written, which is from the margin of the file on.
    private static JsonElement WithoutMargin(JsonElement shown)
    {
        var lines = shown.GetRawText().ReplaceLineEndings("\n").Split('\n');
        var margin = new string(' ', lines[^1].Length - lines[^1].TrimStart(' ').Length);
        return JsonElement.Parse(
            string.Join(
                '\n',
                lines.Select(line => line.StartsWith(margin, StringComparison.Ordinal) ? line[margin.Length..] : line)
            )
        );
    }
}
