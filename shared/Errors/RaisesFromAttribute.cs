namespace Integration.Errors;

/// <summary>The errors of another class, too: those that it declares with <see cref="RaisesAttribute"/> or has from others.</summary>
/// <param name="type">E.g. the class that makes the errors of a protocol.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class RaisesFromAttribute(Type type) : Attribute
{
    /// <summary>The class.</summary>
    public Type Type { get; } = type;
}
