using System.Xml;
using Integration.Soap.Security;

namespace Integration.Soap.Addressing;

/// <summary>The headers of Web Services Addressing 1.0 (W3C): the answer comes back on the same connection.</summary>
/// <param name="MessageId">Of the task, and so the same when the message is sent again.</param>
/// <param name="To">The address that is called.</param>
/// <param name="Action">Of the operation.</param>
internal sealed record AddressingHeaders(string MessageId, string To, string Action)
{
    /// <summary>Prefix <c>wsa</c>.</summary>
    public const string Namespace = "http://www.w3.org/2005/08/addressing";

    private const string Anonymous = Namespace + "/anonymous";

    /// <summary>A task id as an absolute IRI, which a message id has to be.</summary>
    public static string MessageIdOf(string taskId) =>
        Guid.TryParse(taskId, out var uuid)
            ? $"urn:uuid:{uuid}"
            : $"urn:integration:task:{Uri.EscapeDataString(taskId)}";

    public async Task WriteAsync(XmlWriter writer, bool isSigned)
    {
        await WriteAsync(writer, "MessageID", PartIds.MessageId, MessageId, isSigned);
        await WriteAsync(writer, "To", PartIds.To, To, isSigned);
        await WriteAsync(writer, "Action", PartIds.Action, Action, isSigned);
        await StartAsync(writer, "ReplyTo", PartIds.ReplyTo, isSigned);
        await writer.WriteElementStringAsync("wsa", "Address", Namespace, Anonymous);
        await writer.WriteEndElementAsync();
    }

    private static async Task WriteAsync(XmlWriter writer, string name, string id, string value, bool isSigned)
    {
        await StartAsync(writer, name, id, isSigned);
        await writer.WriteStringAsync(value);
        await writer.WriteEndElementAsync();
    }

    private static async Task StartAsync(XmlWriter writer, string name, string id, bool isSigned)
    {
        await writer.WriteStartElementAsync("wsa", name, Namespace);
        if (isSigned)
            await writer.WriteAttributeStringAsync("wsu", "Id", SecurityNames.Utility, id);
    }
}
