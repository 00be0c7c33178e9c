namespace Integration.Sdk;

/// <summary>
/// An example of an operation: what a task says, and what the process gets. It stands on the operation's reference page, and
/// a test of the service runs it.
/// </summary>
/// <param name="title">What it does, as a heading: "Look up an order".</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ExampleAttribute(string title) : Attribute
{
    /// <summary>What it does.</summary>
    public string Title { get; } = title;

    /// <summary>The inputs, as JSON.</summary>
    public required string Inputs { get; init; }

    /// <summary>
    /// The outputs, as JSON. A <c>…</c> stands for what is different each time: a text <c>…</c> for any value, one inside of a
    /// text for a part of it, and a property with this name for further properties.
    /// </summary>
    public required string Outputs { get; init; }

    /// <summary>What a reader has to know besides, in a sentence or two; empty for nothing.</summary>
    public string Remark { get; init; } = "";
}
