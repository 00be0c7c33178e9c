using Integration.Bus;
using Integration.ErrorTreatment.Failures;

namespace Integration.ErrorTreatment.Ledger;

/// <summary>What a transaction writes beside the failures themselves.</summary>
internal sealed class Effects
{
    public List<AttemptRow> Attempts { get; } = [];
    public List<HistoryRow> History { get; } = [];
    public List<OutgoingMessage> Messages { get; } = [];
    public List<(string TaskId, string Reason)> Withdrawals { get; } = [];
    public HashSet<Failure> Changed { get; } = [];
}
