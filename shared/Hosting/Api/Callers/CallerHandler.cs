using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Integration.Hosting;

/// <summary>
/// Finds out who calls: by one of our API tokens, by a JWT of the configured provider, or not at all where the service does not
/// ask. Answers with 401 and 403 in problem details.
/// </summary>
internal sealed class CallerHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logging,
    UrlEncoder encoder,
    TokenCheck tokens,
    OpenDoor door,
    FailedAttempts attempts,
    RefusalCounter refusals,
    IOptions<JwtOptions> jwt,
    ServiceDescription service
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logging, encoder)
{
    /// <summary>Name of the scheme that every route is under.</summary>
    public new const string Scheme = "Caller";

    /// <summary>Name of the scheme behind it for JWT.</summary>
    public const string Jwt = "Jwt";

    private const string Bearer = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        // Probes carry nothing, and must be answered while the database is away.
        if (Context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            return AuthenticateResult.NoResult();
        var given = Request.Headers.Authorization;
        if (given.Count > 1)
            return Refused("unknown", "The header 'Authorization' is there more than once. Send it once.");
        var credential =
            given.Count == 1 && given[0]!.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
                ? given[0]![Bearer.Length..].Trim()
                : null;
        if (credential is not null && ApiTokenText.LooksLikeOne(credential))
        {
            var (caller, reason, detail) = await tokens.CheckAsync(credential, Context.RequestAborted);
            return caller is null ? Refused(reason, detail) : Known(caller);
        }

        if (credential is not null && jwt.Value.IsConfigured)
        {
            var result = await Context.AuthenticateAsync(Jwt);
            return result.Succeeded ? Known(jwt.Value.CallerOf(result.Principal))
                : result.Failure is { } failure
                    ? Refused(
                        "jwt",
                        $"The JWT is not taken: {failure.Message.ReplaceLineEndings(" ")} Get a new one from {jwt.Value.Authority}."
                    )
                : AuthenticateResult.NoResult();
        }

        // What else may be there is not for us: a proxy before us passes its own on.
        if (await door.IsOpenAsync(Context))
            return Known(Caller.Unasked);
        return credential is null
            ? AuthenticateResult.NoResult()
            : Refused(
                "unknown",
                $"What was sent is no API token; those begin with '{ApiTokenText.Prefix}'. JWT are not configured here "
                    + "(settings Api__Jwt__Authority and Api__Jwt__Audience)."
            );
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var failure = (await HandleAuthenticateOnceSafeAsync()).Failure as CallerRefusedException;
        refusals.Add(failure?.Reason ?? "missing");
        if (failure is not null && !await attempts.SlowDownAsync(Context, failure.Reason))
        {
            Response.Headers.RetryAfter = FailedAttempts.LongestPause.TotalSeconds.ToString(
                CultureInfo.InvariantCulture
            );
            await ApiProblem
                .Of(
                    StatusCodes.Status429TooManyRequests,
                    "Too many wrong tokens at once.",
                    "Find the caller that sends this one, and stop it; right ones are answered meanwhile."
                )
                .ExecuteAsync(Context);
            return;
        }

        Response.Headers[HeaderNames.WWWAuthenticate] = failure is null
            ? $"Bearer realm=\"{service.Name}\""
            : $"Bearer realm=\"{service.Name}\", error=\"invalid_token\"";
        await ApiProblem
            .Of(
                StatusCodes.Status401Unauthorized,
                failure is null ? "This service asks who calls." : "The token is not taken.",
                failure?.Message
                    ?? "Send the header 'Authorization: Bearer TOKEN'. An administrator makes a token with 'token new NAME --role viewer' "
                        + "on the command line of the service."
            )
            .ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        refusals.Add("role");
        var caller = Caller.Of(Context);
        var has = caller.Role is { } role ? $"has the role {role.Name()}" : "has none of the roles here";
        var needed = Context.GetEndpoint()?.Metadata.GetMetadata<RouteRole>()?.Role.Name();
        return ApiProblem
            .Of(
                StatusCodes.Status403Forbidden,
                needed is null ? "This route is closed to every caller." : $"This needs the role {needed}.",
                needed is null
                    ? "The route does not say which role it needs, which is a mistake of the service."
                    : $"'{caller.Name}' {has}. Use a token with the role {needed}, or have yours replaced by one.",
                ("role", needed)
            )
            .ExecuteAsync(Context);
    }

    private static AuthenticateResult Refused(string reason, string detail) =>
        AuthenticateResult.Fail(new CallerRefusedException(reason, detail));

    private static AuthenticateResult Known(Caller caller) =>
        AuthenticateResult.Success(
            new AuthenticationTicket(new ClaimsPrincipal(new CallerIdentity(caller)), CallerHandler.Scheme)
        );
}

/// <summary>A credential that is not taken. The message is for the caller, and quotes nothing of what was sent.</summary>
internal sealed class CallerRefusedException(string reason, string detail) : Exception(detail)
{
    /// <summary>A word for the log and the counter.</summary>
    public string Reason => reason;
}

/// <summary>Who calls cannot be found out now: the database or the provider does not answer.</summary>
internal sealed class CallerUnverifiableException(string message, Exception inner) : Exception(message, inner);
