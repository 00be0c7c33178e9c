using Integration.Hosting;
using Integration.ProcessCore.Catalogue;

namespace Integration.ProcessCore.Persistence;

/// <summary>What must happen without a request: pairs that a crash left alone, expiry, services that are gone.</summary>
internal sealed class Housekeeping(
    Messages messages,
    Expiry expiry,
    CatalogueStore catalogue,
    CoreOptions options,
    TimeProvider time
) : IRecurringWork
{
    // Rarely needed, and each look costs a query.
    private const int PollsBetweenRounds = 10;

    public string Name => "Housekeeping";

    public async Task<DateTimeOffset> RoundAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        await messages.SweepAsync(cancellation);
        await expiry.SweepAsync(cancellation);
        await catalogue.SweepAsync(cancellation);
        return now + options.PollInterval * PollsBetweenRounds;
    }
}
