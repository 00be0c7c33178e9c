using Integration.Bus;

namespace Integration.Sdk;

/// <summary>What an execution came to: the state for the journal and the event for the bus.</summary>
internal readonly record struct Outcome(JournalState State, OutgoingMessage Message);
