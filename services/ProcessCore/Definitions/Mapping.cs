using Integration.ProcessCore.Feel;

namespace Integration.ProcessCore.Definitions;

/// <summary>Sets one variable or input from an expression.</summary>
/// <param name="Target">Path of names: <c>order.total</c> sets the member of an object.</param>
/// <param name="Source">Where the value comes from.</param>
internal sealed record Mapping(IReadOnlyList<string> Target, FeelAttribute Source)
{
    /// <summary>As it stands in the file.</summary>
    public string TargetText => string.Join('.', Target);
}
