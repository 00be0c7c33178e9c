using Integration.Bus;
using Integration.ErrorTreatment.Failures;

namespace Integration.ErrorTreatment.Treating;

/// <summary>What is written in one transaction beside the failures themselves.</summary>
internal sealed class PendingWrites
{
    public HashSet<Failure> Changed { get; } = [];
    public List<FailedAttempt> Attempts { get; } = [];
    public List<HistoryEntry> History { get; } = [];
    public List<(Failure Failure, OutgoingMessage Message)> Messages { get; } = [];
}
