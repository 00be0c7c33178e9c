using Integration.Contracts;

namespace Integration.Sdk;

/// <summary>An outer task that has asked: what is needed to run it again.</summary>
/// <param name="Request">Its latest attempt.</param>
/// <param name="Fingerprint">Of the request.</param>
/// <param name="PlainKey">Whether targets get the task id itself as idempotency key: the same in every run.</param>
internal sealed record WaitingTask(TaskRequested Request, byte[] Fingerprint, bool PlainKey);
