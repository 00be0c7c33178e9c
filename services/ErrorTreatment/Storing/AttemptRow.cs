using System.Text.Json;
using Integration.Contracts;
using Integration.ErrorTreatment.Failures;

namespace Integration.ErrorTreatment.Storing;

/// <summary>A failed attempt as it stands in its table.</summary>
internal sealed class AttemptRow
{
    public const string Insert = """
        insert into failure_attempts (failure_id, attempt, occurred_at, service, error)
        values (@FailureId, @Attempt, @OccurredAt, @Service, @Error)
        on conflict (failure_id, attempt) do nothing
        """;

    public string FailureId { get; init; } = "";
    public long Attempt { get; init; }
    public long OccurredAt { get; init; }
    public string? Service { get; init; }
    public string Error { get; init; } = "";

    public static AttemptRow From(FailedAttempt attempt) =>
        new()
        {
            FailureId = attempt.FailureId,
            Attempt = attempt.Attempt,
            OccurredAt = attempt.OccurredAt.ToUnixTimeMilliseconds(),
            Service = Storable.TextOrNull(attempt.Service),
            Error = JsonSerializer.Serialize(attempt.Error, ContractJson.Default.ErrorInfo),
        };

    public FailedAttempt ToAttempt() =>
        new(
            FailureId,
            (int)Attempt,
            Moment.From(OccurredAt),
            Service,
            JsonSerializer.Deserialize(Error, ContractJson.Default.ErrorInfo)!
        );
}
