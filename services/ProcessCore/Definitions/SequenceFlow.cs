using Integration.ProcessCore.Feel;

namespace Integration.ProcessCore.Definitions;

/// <param name="Id">Element id.</param>
/// <param name="Source">Node that it leaves.</param>
/// <param name="Target">Node that it leads to.</param>
/// <param name="Condition">Of a flow that leaves an exclusive gateway.</param>
internal sealed record SequenceFlow(string Id, string Source, string Target, FeelAttribute? Condition);
