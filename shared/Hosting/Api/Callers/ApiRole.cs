namespace Integration.Hosting;

/// <summary>What a caller may do; each role may do what the ones before it may.</summary>
public enum ApiRole
{
    /// <summary>Looks: every route that changes nothing.</summary>
    Viewer,

    /// <summary>Works with what runs: starts, repairs, corrects, ends.</summary>
    Operator,

    /// <summary>Decides what runs: deploys and withdraws.</summary>
    Administrator,
}

/// <summary>The words for roles, as settings, commands, claims and answers have them.</summary>
public static class ApiRoles
{
    /// <summary>All of them, the one that may least first.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Enum.GetValues<ApiRole>().Select(Name)];

    /// <summary>E.g. <c>operator</c>.</summary>
    public static string Name(this ApiRole role) =>
        role switch
        {
            ApiRole.Viewer => "viewer",
            ApiRole.Operator => "operator",
            ApiRole.Administrator => "administrator",
            _ => throw new ArgumentOutOfRangeException(nameof(role), role, "No such role."),
        };

    /// <summary>The role of this name; null when there is none, e.g. one that a newer release has.</summary>
    public static ApiRole? Find(string? name) =>
        Enum.GetValues<ApiRole>().Where(role => role.Name() == name).Select(role => (ApiRole?)role).FirstOrDefault();
}
