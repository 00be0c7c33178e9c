namespace Integration.Standalone.Samples;

/// <summary>Knows applicants; 404 for others.</summary>
internal static class ApplicantRegister
{
    private static readonly Applicant[] _applicants =
    [
        new(Applicants.Solvent, "Ana Souza", Income: 5200, Obligations: 900),
        new(Applicants.PoorlyRated, "Bruno Lima", Income: 4100, Obligations: 1200),
        new(Applicants.OnTheBlackList, "Clara Dias", Income: 6000, Obligations: 0),
    ];

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet(
            "/applicants/{id}",
            (string id) =>
                Array.Find(_applicants, applicant => applicant.Id == id) is { } found
                    ? Results.Json(found)
                    : Results.Json(new { error = "not-found" }, statusCode: StatusCodes.Status404NotFound)
        );

    /// <summary>Amounts are per month.</summary>
    private sealed record Applicant(string Id, string Name, decimal Income, decimal Obligations);
}
