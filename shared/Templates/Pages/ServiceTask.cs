using System.Security;
using System.Text;
using System.Text.Json.Nodes;

namespace Integration.Templates;

/// <summary>Inputs as the extension elements of a BPMN service task: constants as they are, everything else as FEEL.</summary>
internal static class ServiceTask
{
    public static string Of(string operation, JsonObject inputs)
    {
        var text = new StringBuilder($"<zeebe:taskDefinition type=\"{operation}\" />\n<zeebe:ioMapping>\n");
        foreach (var (name, value) in inputs)
        {
            var source =
                value is JsonValue constant && constant.TryGetValue<string>(out var plain) && !IsExpression(plain)
                    ? plain
                    : $"={FeelLiteral.Of(value)}";
            text.Append($"  <zeebe:input source=\"{Escape(source)}\" target=\"{name}\" />\n");
        }

        return text.Append("</zeebe:ioMapping>").ToString();
    }

    // Without text there is nothing to map, and a leading equals sign begins an expression.
    private static bool IsExpression(string text) => text.Length == 0 || text[0] == '=';

    private static string Escape(string text) =>
        SecurityElement
            .Escape(text)
            .Replace("&apos;", "'", StringComparison.Ordinal)
            .Replace("&gt;", ">", StringComparison.Ordinal)
            .Replace("\n", "&#10;", StringComparison.Ordinal);
}
