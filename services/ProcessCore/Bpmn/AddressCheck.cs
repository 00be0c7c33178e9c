using System.Text;
using Integration.Contracts;
using Integration.ProcessCore.Definitions;

namespace Integration.ProcessCore.Bpmn;

/// <summary>
/// Whether events can name what is deployed: ids and names become addresses and routing keys. Only for what is new; what was deployed by
/// another release goes on.
/// </summary>
internal static class AddressCheck
{
    // A short string of AMQP.
    private const int LongestRoutingKey = 255;

    /// <summary>Of the process.</summary>
    /// <param name="model">What is to be deployed.</param>
    /// <param name="engine">Name of this engine.</param>
    /// <param name="findings">Takes the problems.</param>
    public static void OfProcess(ProcessModel model, string engine, Findings findings)
    {
        Check(model.Id, model.Id, "The id of the process", RoutingKeys.Start(model.Id, engine), findings);
        if (model.Id.All(character => character == '.'))
            findings.Refuse(model.Id, "The id of the process is a step in a path.", "Give it letters.");
    }

    /// <summary>Of everything within it.</summary>
    public static void OfElements(ProcessModel model, string engine, Findings findings)
    {
        foreach (var node in model.Nodes.Values)
        {
            if (node.Id.Any(char.IsControl))
                findings.Refuse(node.Id, "The id contains a control character.", "Write it without.");
            if (MessageOf(node) is { } message)
                Check(node.Id, message, "The name of its message", RoutingKeys.Message(message, engine), findings);
        }
    }

    private static void Check(string element, string name, string what, string key, Findings findings)
    {
        if (name.Any(char.IsControl))
            findings.Refuse(element, $"{what} contains a control character.", "Write it without.");
        var size = Encoding.UTF8.GetByteCount(name);
        var most = LongestRoutingKey - (Encoding.UTF8.GetByteCount(key) - size);
        if (size > most)
            findings.Refuse(
                element,
                $"{what} has {size} bytes in UTF-8, and no event could name it: the routing key would be longer than "
                    + $"{LongestRoutingKey} bytes.",
                $"Use up to {most} bytes."
            );
    }

    private static string? MessageOf(FlowNode node) =>
        node switch
        {
            StartEvent start => start.Message,
            MessageCatch caught => caught.Message.Name,
            _ => null,
        };
}
