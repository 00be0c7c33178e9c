using System.Text;
using Integration.Hosting;
using Integration.Xml;

namespace Integration.ProcessCore.Api;

/// <summary>
/// The text of a file as it was sent, in the character set that it says it is in. Bytes that are not in it are refused; a replacement
/// character in a name would be found only when the name is compared.
/// </summary>
internal static class BpmnText
{
    public static (string? Text, IResult? Problem) Read(MemoryStream body)
    {
        var bytes = body.GetBuffer().AsSpan(0, (int)body.Length);
        if (bytes.IsEmpty)
            return (null, ApiProblem.BadField("body", "Send the BPMN file as the body."));
        try
        {
            return (
                Charsets.Marked(bytes) is { } marked
                    ? marked.GetString(bytes[marked.Preamble.Length..])
                    : Charsets.Get(Charsets.OfXml(bytes) ?? "utf-8").GetString(bytes),
                null
            );
        }
        catch (DecoderFallbackException)
        {
            return (null, ApiProblem.BadField("body", "It is not in the encoding that it declares. Save it as UTF-8."));
        }
        catch (ArgumentException)
        {
            return (
                null,
                ApiProblem.BadField(
                    "body",
                    $"Its XML declaration names the encoding '{Charsets.OfXml(bytes)}', which is not known here. Save it as UTF-8."
                )
            );
        }
    }
}
