using System.Text;
using System.Text.Json;
using Integration.Contracts;
using Integration.Errors;
using Integration.Ldap.Filters;
using Integration.Ldap.Inputs;
using Integration.Ldap.Names;
using Integration.Ldap.Protocol;
using Integration.Ldap.Search;
using Integration.Ldap.Servers;
using Integration.Ldap.Sessions;
using Integration.Sdk;
using Microsoft.Extensions.Options;

namespace Integration.Ldap.Authenticate;

/// <summary>Checks a password: logs in to the directory as the user, and out again.</summary>
/// <remarks>
/// It changes nothing that a process would notice, and is repeated when its answer was lost. A server that counts wrong
/// passwords counts every attempt.
/// </remarks>
[Operation("ldap.authenticate", Version = 1, Effect = Effect.Read)]
[Raises(
    ErrorCategory.Data,
    "several-entries",
    "The filter finds more than one entry.",
    "Use an attribute that is unique, and the whole value of it."
)]
[Raises(
    ErrorCategory.Business,
    RaisesAttribute.AnyCode,
    "The user is not let in; `failedError` names the code.",
    "Catch it with a boundary event."
)]
[RaisesFrom(typeof(LdapServer))]
[RaisesFrom(typeof(LdapErrors))]
[RaisesFrom(typeof(Passwords))]
internal sealed class AuthenticateOperation(
    LdapServers servers,
    LdapSessions sessions,
    DirectorySearch search,
    Passwords passwords,
    IOptions<LdapOptions> options
) : Operation<AuthenticateOperation.Input, AuthenticateOperation.Output>
{
    /// <summary>Whose password is checked. The user is named by dn, or found by filter.</summary>
    /// <param name="Password">
    /// The password, as <c>{{secrets.NAME}}</c>. A server that is configured for it (<c>PasswordsInTasks</c>) takes the password
    /// itself instead: engine, broker and error treatment store what stands in a task. Never empty.
    /// </param>
    /// <param name="Dn">The user's entry: <c>uid={{user}},ou=people,dc=example,dc=org</c>.</param>
    /// <param name="Filter">Finds the user's entry: <c>(|(uid={{user}})(mail={{user}}))</c>. It must be the only one.</param>
    /// <param name="Base">Where the user is looked for. The default value is the server's base.</param>
    /// <param name="Parameters">
    /// Values for the places <c>{{name}}</c> in dn, or in filter and base. None may be empty, and all must be used.
    /// </param>
    /// <param name="FailedError">
    /// Code of the BPMN error that is raised when the user cannot be authenticated. The default value is none: the output says
    /// so.
    /// </param>
    /// <param name="Server">Which of the configured servers. The default value is <c>default</c>.</param>
    public sealed record Input(
        [property: MayHoldSecrets] string Password,
        string? Dn = null,
        string? Filter = null,
        string? Base = null,
        IReadOnlyDictionary<string, JsonElement>? Parameters = null,
        string? FailedError = null,
        string Server = "default"
    );

    /// <summary>Whether it was the right password.</summary>
    /// <param name="Authenticated">True when the directory let the user in.</param>
    /// <param name="Dn">The user's entry; absent when there is none.</param>
    /// <param name="Reason">Why not, as far as the directory says; absent when it let the user in.</param>
    /// <param name="MustChangePassword">True when the directory let the user in to choose a new password.</param>
    /// <param name="ExpiresInSeconds">How long the password is good, when the directory warns.</param>
    public sealed record Output(
        bool Authenticated,
        string? Dn = null,
        FailureReason? Reason = null,
        bool? MustChangePassword = null,
        long? ExpiresInSeconds = null
    );

    /// <inheritdoc />
    public override string? TargetOf(Input input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return servers.Find(input.Server).Target;
    }

    /// <inheritdoc />
    public override async Task<Output> ExecuteAsync(Input input, TaskContext task, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(input);
        var server = servers.Find(input.Server);
        Passwords.Check(server, input.Password, "password");
        var find = Read(server, input);
        var password = await passwords.RevealAsync(server, input.Password, "password", cancellation);
        var output = await find(cancellation) is { } dn
            ? await LogInAsync(server, dn, Encoding.UTF8.GetBytes(password), cancellation)
            : new Output(false, null, FailureReason.UnknownUser);
        return output.Authenticated || input.FailedError is null
            ? output
            : throw new BusinessErrorException(
                input.FailedError,
                "The user cannot be authenticated.",
                JsonSerializer.SerializeToElement(output, OperationJson.Options)
            );
    }

    /// <summary>How the user's name is got; everything in the input is checked before anything is sent.</summary>
    private Func<CancellationToken, Task<string?>> Read(LdapServer server, Input input)
    {
        if (input.Dn is null == input.Filter is null)
            throw InvalidInput.At("dn or filter", "names the user: send exactly one of them.");
        if (input.Dn is not null && input.Base is not null)
            throw InvalidInput.At("base", "belongs to filter. Remove it.");
        var parameters = new Parameters(input.Parameters);
        if (input.Dn is not null)
        {
            var name = EntryName.Read(server, input.Dn, "dn", parameters);
            parameters.CheckAllUsed();
            return _ => Task.FromResult<string?>(name.ToString());
        }

        var place = input.Base is null ? server.Base : NameReader.Read(input.Base, "base", parameters);
        var filter = FilterReader.Read(input.Filter!, "filter", parameters);
        parameters.CheckAllUsed();
        foreach (var attribute in filter.Attributes)
            AttributeNames.CheckVisible(server, attribute, "filter");
        var query = new SearchQuery(
            server.Allow(place, "base").ToString(),
            SearchScope.Subtree,
            filter,
            [SearchQuery.NoAttributes]
        );
        return token => FindAsync(server, query, token);
    }

    private async Task<string?> FindAsync(LdapServer server, SearchQuery query, CancellationToken cancellation)
    {
        var found = new List<string>();
        await search.RunAsync(
            server,
            new WantedEntries(query, 2, MayTruncate: true, 2, options.Value.AnswerTimeout),
            entry =>
            {
                found.Add(entry.Dn);
                return ValueTask.CompletedTask;
            },
            cancellation
        );
        return found.Count switch
        {
            0 => null,
            1 => found[0],
            _ => throw new DataErrorException(
                "several-entries",
                $"inputs.filter finds more than one entry of {server.Target}, so that it is not clear whose password is checked. Use an "
                    + "attribute that is unique. No password was sent."
            )
            {
                Target = server.Target,
            },
        };
    }

    private async Task<Output> LogInAsync(LdapServer server, string dn, byte[] password, CancellationToken cancellation)
    {
        // Empty in disguise would be an anonymous login, which every server takes (RFC 4513, 5.1.2).
        if (dn.Length == 0 || password.Length == 0)
            throw InvalidInput.At("password", "is empty. Many servers would take that for an anonymous login.");
        var request = LdapRequests.Bind(dn, password) with { Controls = [LdapControl.PasswordPolicy] };
        var (result, policy) = await sessions.UseAsync(
            server,
            SessionPurpose.Authentication,
            reads: true,
            async session =>
            {
                var answer = await session.AskAsync(request, cancellation);
                return (answer, session.Read(() => PasswordPolicy.Of(answer)));
            },
            cancellation
        );
        if (result.IsSuccess)
            return new Output(
                true,
                dn,
                MustChangePassword: policy.MustChange ? true : null,
                ExpiresInSeconds: policy.ExpiresInSeconds
            );
        return FailureReasons.Of(result, policy) is { } reason
            ? new Output(false, dn, reason)
            : throw ResultErrors.Of(server.Target, $"the login of '{dn}'", result);
    }
}
