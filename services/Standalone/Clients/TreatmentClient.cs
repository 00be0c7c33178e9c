using System.Text.Json.Nodes;

namespace Integration.Standalone.Clients;

/// <summary>Error treatment's HTTP API, as far as it is used here.</summary>
internal sealed class TreatmentClient(HttpClient http)
{
    public async Task<IReadOnlyList<Failure>> ListAsync(CancellationToken cancellation) =>
        (
            await http.CallAsync(
                HttpMethod.Get,
                "failures?limit=100",
                content: null,
                ClientJson.Default.FailureList,
                cancellation
            )
        ).Failures;

    public Task<FailureDetail> ShowAsync(string id, CancellationToken cancellation) =>
        http.CallAsync(HttpMethod.Get, $"failures/{id}", content: null, ClientJson.Default.FailureDetail, cancellation);

    public async Task RetryAsync(string id, string by, CancellationToken cancellation)
    {
        using var content = JsonContent.Create(new JsonObject { ["by"] = by }, ClientJson.Default.JsonObject);
        await http.CallAsync(
            HttpMethod.Post,
            $"failures/{id}/retry",
            content,
            ClientJson.Default.FailureDetail,
            cancellation
        );
    }
}

/// <summary>A page of failures.</summary>
internal sealed record FailureList(IReadOnlyList<Failure> Failures);

/// <summary>A failure as it stands.</summary>
internal sealed record Failure(string Id, FailureProcess? Process);

/// <summary>Where its task comes from.</summary>
internal sealed record FailureProcess(string InstanceId, string? Element);

/// <summary>A failure and what became of it so far.</summary>
internal sealed record FailureDetail(
    Failure Failure,
    IReadOnlyList<FailedAttempt> Attempts,
    IReadOnlyList<FailureHistory> History
);

/// <summary>How one attempt failed.</summary>
internal sealed record FailedAttempt(int Attempt, FailureError Error);

/// <summary>What went wrong.</summary>
internal sealed record FailureError(string Code, string Message);

/// <summary>One change.</summary>
internal sealed record FailureHistory(DateTimeOffset At, string State, int Attempt, string Note);
