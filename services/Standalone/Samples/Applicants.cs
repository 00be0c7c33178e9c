namespace Integration.Standalone.Samples;

/// <summary>The people of the sample.</summary>
internal static class Applicants
{
    public const string Solvent = "ana";
    public const string PoorlyRated = "bruno";
    public const string OnTheBlackList = "clara";
}
