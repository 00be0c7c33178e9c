using Integration.ProcessCore.Definitions;

namespace Integration.ProcessCore.Engine;

/// <summary>
/// The engine as a function: a definition, an instance, a command and a moment yield the instance afterwards and the
/// events to others. It reads no clock, no randomness, no database; the same arguments always yield the same result.
/// </summary>
internal sealed class ProcessEngine(EngineSettings settings)
{
    public Transition Start(ProcessDefinition definition, Start command, DateTimeOffset now)
    {
        var state = new InstanceState
        {
            Id = command.InstanceId,
            Definition = definition.Id,
            Version = definition.Version,
            BusinessKey = command.BusinessKey,
            Tenant = command.Tenant,
            StartedAt = now,
            TraceParent = command.TraceParent,
            RequestId = command.RequestId,
            ReplyTo = command.ReplyTo,
        };
        return new Run(definition, state, settings, now).Apply(command);
    }

    public Transition Apply(ProcessDefinition definition, InstanceState state, Command command, DateTimeOffset now) =>
        new Run(definition, state, settings, now).Apply(command);
}
