namespace Integration.Sdk;

/// <summary>
/// An operation of another service that this operation may ask, see <see cref="TaskContext.AskAsync{TOutput}"/>. The broker's
/// permissions are made from it.
/// </summary>
/// <param name="operation">E.g. <c>rest.request</c>.</param>
/// <remarks>
/// An operation that asks runs again from its beginning after each answer. So it must be <see cref="Effect.Read"/> or
/// <see cref="Effect.Idempotent"/>; what may happen only once belongs into an operation that it asks.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class AsksAttribute(string operation) : Attribute
{
    /// <summary>The name of the operation, e.g. <c>rest.request</c>.</summary>
    public string Operation { get; } = operation;
}
