using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Integration.Contracts;

namespace Integration.Templates;

/// <summary>An example: what is sent, what comes back, how it stands in a process, how to try it.</summary>
internal static class ExampleSection
{
    private static readonly JsonSerializerOptions _readable = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Of(OperationContract operation, OperationExample example, string service, bool first)
    {
        var text = new StringBuilder($"### {example.Title}\n\n");
        text.Append(Markdown.Block("json", example.Inputs.GetRawText()));
        text.Append("\nWhat the process gets:\n\n");
        text.Append(Markdown.Block("json", example.Outputs.GetRawText()));
        if (example.Remark is { Length: > 0 })
            text.Append('\n').Append(example.Remark).Append('\n');
        if (!first)
            return text.ToString();
        var inputs = JsonNode.Parse(example.Inputs.GetRawText())!.AsObject();
        text.Append("\nThe same as a service task:\n\n");
        text.Append(Markdown.Block("xml", ServiceTask.Of(Versioned(operation), inputs)));
        text.Append("\nTo try it, with the settings of the service in the environment:\n\n");
        var quoted = inputs.ToJsonString(_readable).Replace("'", @"'\''", StringComparison.Ordinal);
        text.Append(
            Markdown.Block("sh", $"dotnet run --project services/{service} -- --try {Versioned(operation)} '{quoted}'")
        );
        return text.ToString();
    }

    private static string Versioned(OperationContract operation) =>
        operation.Version == 1 ? operation.Name : $"{operation.Name}:{operation.Version}";
}
