using System.Text;
using Integration.Errors;

namespace Integration.Rest.Request;

/// <summary>
/// The lines before the content of a part (RFC 7578). Names are utf-8 as they are, with quotes and line breaks escaped as
/// browsers do it; <c>filename*</c> is not for forms (section 4.2).
/// </summary>
internal static class PartHead
{
    public static byte[] Of(string boundary, string name, string? fileName, string? contentType, string field)
    {
        var head = new StringBuilder("--").Append(boundary).Append("\r\n");
        head.Append("Content-Disposition: form-data; name=\"").Append(Quoted(name, $"{field}.name")).Append('"');
        if (fileName is not null)
            head.Append("; filename=\"").Append(Quoted(fileName, $"{field}.fileName")).Append('"');
        head.Append("\r\n");
        if (contentType is not null)
        {
            MediaTypes.Parse(contentType, $"{field}.contentType");
            head.Append("Content-Type: ").Append(contentType).Append("\r\n");
        }

        return Encoding.UTF8.GetBytes(head.Append("\r\n").ToString());
    }

    private static string Quoted(string text, string field)
    {
        if (text.Length == 0)
            throw InvalidInput.At(field, "is empty.");
        if (text.Any(c => char.IsControl(c) && c is not '\r' and not '\n'))
            throw InvalidInput.At(field, "has control characters.");
        return text.Replace("\"", "%22", StringComparison.Ordinal)
            .Replace("\r", "%0D", StringComparison.Ordinal)
            .Replace("\n", "%0A", StringComparison.Ordinal);
    }
}
