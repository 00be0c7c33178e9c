using Integration.Contracts;

namespace Integration.Sdk;

/// <summary>A task that has asked, as a delivery under its id meets it. The journal does not have it yet.</summary>
internal sealed record HeldTask(WaitingTask Waiting, IReadOnlyList<AskedTask> Asked)
{
    /// <summary>
    /// Whether the delivery may be about it: it is the same request, or, after an error, another attempt, which may carry others.
    /// </summary>
    public bool Fits(JournalTask task, bool failedBefore) =>
        task.Fingerprint.AsSpan().SequenceEqual(Waiting.Fingerprint)
        || (failedBefore && task.Request.Attempt != Waiting.Request.Attempt);

    /// <summary>Whether a later attempt than the delivered one waits: that one will be answered.</summary>
    public bool IsLaterThan(TaskRequested request) => request.Attempt < Waiting.Request.Attempt;

    /// <summary>Whether the delivered attempt goes on with what was begun before, and does not begin anew.</summary>
    public bool IsResumedBy(TaskRequested request) =>
        request.Attempt == Waiting.Request.Attempt || Asked.Any(one => one.IsOpen);
}
