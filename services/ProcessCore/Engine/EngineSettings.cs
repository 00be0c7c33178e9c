using Integration.Contracts;

namespace Integration.ProcessCore.Engine;

/// <summary>What the engine needs to know of its surroundings.</summary>
/// <param name="Name">Name of the engine on the bus: where results are sent.</param>
/// <param name="Service">This process, as it stands in events.</param>
/// <param name="TaskDeadline">How long an answer may take unless the element says otherwise.</param>
internal sealed record EngineSettings(string Name, ServiceReference Service, TimeSpan TaskDeadline);
