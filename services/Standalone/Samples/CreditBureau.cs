namespace Integration.Standalone.Samples;

/// <summary>Rates people from 0 to 1000.</summary>
internal static class CreditBureau
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet(
            "/scores",
            (string applicant) => new { applicant, score = applicant == Applicants.PoorlyRated ? 410 : 712 }
        );
}
