using Integration.Clients;

namespace Integration.Journeys.Tests;

/// <summary>Error treatment's interface.</summary>
public sealed class TreatmentApi(Uri url) : Api<IErrorTreatmentApi>(url)
{
    public async Task<IReadOnlyList<Failure>> FailuresAsync(FailureFilter? filter = null) =>
        (await Client.FailuresAsync(filter)).Failures;

    /// <summary>Waits for the one failure there is, in this state.</summary>
    public async Task<Failure> SingleAsync(string state) =>
        (
            await Api.UntilAsync(
                () => FailuresAsync(),
                failures => failures.ShouldHaveSingleItem().State.ShouldBe(state, failures[0].ToString())
            )
        )[0];

    public Task<FailureDetail> ShowAsync(string id) => Client.FailureAsync(id);

    public Task<IReadOnlyList<Failure>> UntilAsync(Action<IReadOnlyList<Failure>> expect) =>
        Api.UntilAsync(() => FailuresAsync(), expect);

    public Task RetryAsync(string id) => Client.RetryAsync(id, new OperatorAction(By: "journey"));

    public Task GiveUpAsync(string id, string reason) =>
        Client.GiveUpAsync(id, new OperatorAction(reason, By: "journey"));
}
