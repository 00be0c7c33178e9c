using System.Text.Json;

namespace Integration.Journeys.Tests;

/// <summary>Error treatment's interface.</summary>
public sealed class TreatmentApi(Uri url) : Api(url)
{
    /// <param name="query">E.g. <c>state=parked</c>.</param>
    public async Task<IReadOnlyList<Failure>> FailuresAsync(string query = "") =>
        (await GetAsync<FailureList>($"/failures?limit=100&{query}")).Failures;

    /// <summary>Waits for the one failure there is, in this state.</summary>
    public async Task<Failure> SingleAsync(string state) =>
        (
            await UntilAsync(
                () => FailuresAsync(),
                failures => failures.ShouldHaveSingleItem().State.ShouldBe(state, failures[0].ToString())
            )
        )[0];

    public Task<FailureDetail> ShowAsync(string id) => GetAsync<FailureDetail>($"/failures/{id}");

    public Task<IReadOnlyList<Failure>> UntilAsync(Action<IReadOnlyList<Failure>> expect) =>
        UntilAsync(() => FailuresAsync(), expect);

    public Task RetryAsync(string id) => PostAsync<JsonElement>($"/failures/{id}/retry", Json(new { by = "journey" }));

    public Task GiveUpAsync(string id, string reason) =>
        PostAsync<JsonElement>($"/failures/{id}/give-up", Json(new { by = "journey", reason }));

    private sealed record FailureList(IReadOnlyList<Failure> Failures);
}

/// <summary>Something that went wrong.</summary>
public sealed record Failure(
    string Id,
    string State,
    string Reason,
    string WayOut,
    string Kind,
    string? TaskId,
    string? Operation,
    int Attempt,
    FailureError Error
);

/// <summary>Why it went wrong.</summary>
public sealed record FailureError(string Category, string Code, string Message, int? Status);

/// <summary>A failure with all that is known of it.</summary>
public sealed record FailureDetail(
    Failure Failure,
    IReadOnlyList<FailedAttempt> Attempts,
    IReadOnlyList<FailureStep> History,
    JsonElement? Message
);

/// <summary>One attempt.</summary>
public sealed record FailedAttempt(int Attempt, FailureError Error);

/// <summary>One change of a failure.</summary>
public sealed record FailureStep(string State, int Attempt, string Note, string? By);
