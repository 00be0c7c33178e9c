using Integration.Bus;

namespace Integration.Sdk;

/// <summary>What an execution came to: the event for the bus, and the state for the journal; null leaves that as it is.</summary>
internal readonly record struct Outcome(JournalState? State, OutgoingMessage Message);
