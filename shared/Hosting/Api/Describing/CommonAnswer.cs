namespace Integration.Hosting;

/// <summary>An answer that many routes may give, and what it means for all of them.</summary>
internal sealed record CommonAnswer(int Status, string Name, string Meaning)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<CommonAnswer> All { get; } =
    [
        new(400, "Wrong", "Something in the request is wrong: 'field' names it."),
        new(401, "Unknown", "It is not known who calls, or the token is not taken."),
        new(
            403,
            "Forbidden",
            "The caller has not the role that is needed ('role'), or is a web page of another origin."
        ),
        new(408, "Slow", "The body did not arrive in time."),
        new(413, "Large", "The body is too large."),
        new(415, "Media", "The body is not of the content type that the route takes."),
        new(421, "Misdirected", "The service is not known by the name that was called (setting Api__Hosts)."),
        new(429, "Many", "Too many wrong tokens at once."),
        new(503, "NotReady", "The service is starting or stopping, or cannot find out who calls."),
    ];

    /// <summary>Those of a route.</summary>
    public static IEnumerable<CommonAnswer> Of(RequestShape shape) =>
        All.Where(answer => answer.Status is not (408 or 413 or 415) || shape.Body != RequestBody.None);
}
