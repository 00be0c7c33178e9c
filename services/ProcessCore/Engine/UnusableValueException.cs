namespace Integration.ProcessCore.Engine;

/// <summary>An expression yields nothing that its place can use. Becomes an incident.</summary>
internal sealed class UnusableValueException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;
}
