using Integration.Contracts;

namespace Integration.Sdk;

/// <summary>An outer task that has asked: what is needed to run it again.</summary>
/// <param name="Request">Its latest attempt.</param>
/// <param name="Fingerprint">Of the request.</param>
internal sealed record WaitingTask(TaskRequested Request, byte[] Fingerprint);
