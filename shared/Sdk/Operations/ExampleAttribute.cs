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

    /// <summary>The outputs, as JSON. A text <c>…</c> stands for a value that is another one each time.</summary>
    public required string Outputs { get; init; }

    /// <summary>What a reader has to know besides, in a sentence or two; empty for nothing.</summary>
    public string Remark { get; init; } = "";
}
