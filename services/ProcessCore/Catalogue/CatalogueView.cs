using System.Text.Json;
using Integration.Contracts;

namespace Integration.ProcessCore.Catalogue;

/// <summary>What was announced, by operation.</summary>
internal static class CatalogueView
{
    public static IReadOnlyList<OperationAnswer> Of(IReadOnlyList<Catalogued> rows, DateTimeOffset now) =>
        [
            .. rows.SelectMany(row => row.Operations.Select(operation => (Row: row, Operation: operation)))
                .GroupBy(pair => (pair.Operation.Name, pair.Operation.Version))
                .OrderBy(group => group.Key.Name, StringComparer.Ordinal)
                .ThenBy(group => group.Key.Version)
                .Select(group => Operation([.. group.DistinctBy(pair => pair.Row)], now)),
        ];

    private static OperationAnswer Operation(
        IReadOnlyList<(Catalogued Row, OperationReference Operation)> offers,
        DateTimeOffset now
    )
    {
        var (name, version) = (offers[0].Operation.Name, offers[0].Operation.Version);
        // A service that is alive counts more than one that is gone, and the latest most.
        var promises = offers
            .OrderByDescending(offer => Catalogued.IsAlive(offer.Row.SeenAt, now))
            .ThenByDescending(offer => offer.Row.SeenAt)
            .Select(offer => new Promise(
                offer.Row,
                offer.Operation.Effect,
                offer.Row.Contract(name, version),
                Catalogued.IsAlive(offer.Row.SeenAt, now)
            ))
            .ToList();
        var contract = promises.FirstOrDefault(promise => promise.Contract is not null)?.Contract;
        var alive = promises.Where(promise => promise.IsAlive).ToList();
        return new OperationAnswer(
            name,
            version,
            promises[0].Effect,
            State(promises[0].IsAlive),
            alive.Exists(promise => promise.Effect != promises[0].Effect || Differs(promise.Contract, contract)),
            contract,
            [
                .. promises.Select(promise => new OfferAnswer(
                    promise.Row.Service,
                    promise.Row.Version,
                    promise.Row.Instance,
                    promise.Row.Hash,
                    promise.Row.SeenAt,
                    State(promise.IsAlive),
                    Differs(promise.Contract, contract) ? promise.Contract : null
                )),
            ]
        );
    }

    private static bool Differs(JsonElement? one, JsonElement? other) =>
        one is { } left && other is { } right && !JsonElement.DeepEquals(left, right);

    private static string State(bool isAlive) => isAlive ? "alive" : "gone";

    private sealed record Promise(Catalogued Row, string Effect, JsonElement? Contract, bool IsAlive);
}
