namespace Integration.Standalone.Clients;

/// <summary>The sample systems, as an operator and an auditor see them.</summary>
internal sealed class SamplesClient(HttpClient http)
{
    public async Task RepairWarehouseAsync(CancellationToken cancellation) =>
        await http.CallAsync(
            HttpMethod.Post,
            "warehouse/repair",
            content: null,
            ClientJson.Default.JsonObject,
            cancellation
        );

    public async Task<IReadOnlyList<LedgerEffect>> LedgerAsync(CancellationToken cancellation) =>
        (
            await http.CallAsync(HttpMethod.Get, "ledger", content: null, ClientJson.Default.LedgerAnswer, cancellation)
        ).Effects;
}

/// <summary>Answer of the ledger.</summary>
internal sealed record LedgerAnswer(IReadOnlyList<LedgerEffect> Effects);

/// <summary>One thing that was done.</summary>
internal sealed record LedgerEffect(string System, string About, int Calls);
