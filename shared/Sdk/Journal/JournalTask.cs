using Integration.Contracts;

namespace Integration.Sdk;

/// <summary>A task as the journal knows it: by engine, id and step.</summary>
/// <param name="Request">What was asked for.</param>
/// <param name="Fingerprint">Of the request, see <see cref="Sdk.Fingerprint"/>.</param>
/// <param name="PlainKey">Whether targets get the task id itself as idempotency key, see <see cref="IdempotencyKeys"/>.</param>
/// <param name="Step">One of several calls of the task; empty for the task itself.</param>
/// <param name="Further">Whether its row was found in the second table, see <see cref="JournalSql"/>.</param>
internal readonly record struct JournalTask(
    TaskRequested Request,
    byte[] Fingerprint,
    bool PlainKey = true,
    string Step = "",
    bool Further = false
);
