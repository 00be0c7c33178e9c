namespace Integration.Standalone.Samples;

/// <summary>Checks whether the applicant can afford the instalments, and keeps a record of each check.</summary>
internal static class BorrowingCapacity
{
    private const decimal Share = 0.3m;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost(
            "/checks",
            (Check check, HttpRequest request, Ledger ledger) =>
                check.Months < 1
                    ? Results.Json(
                        new { error = "months must be 1 or more" },
                        statusCode: StatusCodes.Status422UnprocessableEntity
                    )
                    : ledger.Do(request, "capacity", check.Reference, number => Answer(check, number))
        );

    private static object Answer(Check check, int number)
    {
        var instalment = Math.Round(check.Amount / check.Months, 2);
        return new
        {
            check = $"CHECK-{number}",
            instalment,
            sufficient = instalment <= (check.Income - check.Obligations) * Share,
        };
    }

    private sealed record Check(string Reference, decimal Income, decimal Obligations, decimal Amount, int Months);
}
