namespace Integration.Sdk;

/// <summary>Names an operation on the wire.</summary>
/// <param name="name">Lower case words with dots and hyphens, e.g. <c>s3.put-object</c>.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class OperationAttribute(string name) : Attribute
{
    /// <summary>The name that tasks ask for, e.g. <c>s3.put-object</c>.</summary>
    public string Name { get; } = name;

    /// <summary>What it is called in a list. The default value is made of the last part of its name: "Put object".</summary>
    public string? Title { get; set; }

    /// <summary>Address of a page for people. The default value is none.</summary>
    public string? Documentation { get; set; }

    /// <summary>Major version, raised when input or output change incompatibly. The default value is 1.</summary>
    public int Version { get; set; } = 1;

    /// <summary>Whether it may be repeated. The default value is <see cref="Effect.Once"/>, the cautious one.</summary>
    public Effect Effect { get; set; } = Effect.Once;

    /// <summary>
    /// A pipe of its own, with its own queue and capacity: <c>integration.&lt;service&gt;.&lt;pipe&gt;</c>. By default
    /// operations share the service's pipe.
    /// </summary>
    public string? Pipe { get; set; }
}
