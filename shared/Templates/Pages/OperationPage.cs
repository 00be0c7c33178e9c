using System.Text;
using Integration.Contracts;
using Integration.Sdk;

namespace Integration.Templates;

/// <summary>
/// The reference page of an operation in Markdown: <c>docs/reference/operations/NAME.md</c>. Example first: who designs a
/// process copies it and changes the values.
/// </summary>
public static class OperationPage
{
    /// <summary>Folder of the pages, from the root of the repository.</summary>
    public const string Folder = "docs/reference/operations";

    /// <summary>E.g. <c>docs/reference/operations/s3.put-object.md</c>; a later version says so in its name.</summary>
    public static string File(OperationContract operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return $"{Folder}/{Name(operation)}";
    }

    /// <summary>The whole page.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="service">The project folder of its service, e.g. <c>S3</c>.</param>
    /// <exception cref="ArgumentException">A type cannot be told in words; the message names the way out.</exception>
    public static string Of(OperationContract operation, string service)
    {
        ArgumentNullException.ThrowIfNull(operation);
        var text = new StringBuilder();
        text.Append($"<!-- Written from services/{service}: change its comments and attributes, not this page. -->\n");
        text.Append($"# {operation.Name}\n\n{operation.Description}\n");
        Paragraph(text, operation.Remarks ?? "");
        Paragraph(text, Facts(operation, service));
        var examples = operation.Examples ?? [];
        text.Append(examples.Count == 1 ? "\n## Example\n" : "\n## Examples\n");
        for (var i = 0; i < examples.Count; i++)
            text.Append('\n').Append(ExampleSection.Of(operation, examples[i], service, first: i == 0));
        var (inputs, outputs) = (RecordShape.Of(operation.Inputs), RecordShape.Of(operation.Outputs));
        Section(text, "Inputs", inputs.Summary, FieldTables.Inputs(inputs));
        Section(text, "Outputs", outputs.Summary, FieldTables.Outputs(outputs));
        Section(text, "When the answer is lost", "", EffectWords.WhenTheAnswerIsLost(operation) + "\n");
        Section(text, "Errors", "", operation.Errors.Count == 0 ? "" : ErrorTable.Of(operation.Errors));
        Paragraph(text, Common(operation.Errors.Count == 0 ? "Every operation" : "Besides these, every operation"));
        return text.ToString();
    }

    /// <summary>The file without its folder, as the index links to it.</summary>
    internal static string Name(OperationContract operation) =>
        operation.Version == 1 ? $"{operation.Name}.md" : $"{operation.Name}.v{operation.Version}.md";

    private static string Facts(OperationContract operation, string service)
    {
        var pipe = operation.Pipe is { } name ? $" · pipe `{name}`" : "";
        return $"Service [{service}](../{service.ToLowerInvariant()}.md) · version "
            + $"{operation.Version} · effect [{operation.Effect}]"
            + $"(#when-the-answer-is-lost){pipe}";
    }

    private static string Common(string subject) =>
        $"{subject} can end with "
        + string.Join(", ", OperationDescription.CommonErrors.Select(error => $"`{error.Code}`"))
        + ": see [errors of every operation](README.md#errors-of-every-operation). What is retried, and how often, is decided by "
        + "[error treatment](../error-treatment.md#treatment).";

    private static void Section(StringBuilder text, string heading, string before, string content)
    {
        text.Append($"\n## {heading}\n");
        Paragraph(text, before);
        if (content.Length > 0)
            text.Append('\n').Append(content);
    }

    private static void Paragraph(StringBuilder text, string words)
    {
        if (words.Length > 0)
            text.Append('\n').Append(words).Append('\n');
    }
}
