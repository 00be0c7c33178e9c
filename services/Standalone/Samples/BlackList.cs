namespace Integration.Standalone.Samples;

/// <summary>Says whether an applicant is on the black list. Answers 200 in both cases: being listed is no fault.</summary>
internal static class BlackList
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet(
            "/entries/{applicant}",
            (string applicant) => new { applicant, listed = applicant == Applicants.OnTheBlackList }
        );
}
