using System.Data.Common;
using System.Globalization;
using Integration.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.Hosting;

/// <summary>
/// <c>token new</c>, <c>token list</c> and <c>token revoke</c>: the tokens of a service, in its database, whether it runs or not.
/// </summary>
internal static class TokenCommand
{
    /// <summary>The first word of the command line.</summary>
    public const string Word = "token";

    /// <summary>As <c>--help</c> lists it.</summary>
    public static readonly CommandLineArgument[] Arguments =
    [
        new(
            "token new NAME --role ROLE",
            "makes an API token and prints it once; --expires 90d (the default), 12h, never"
        ),
        new("token list", "lists the API tokens"),
        new("token revoke NAME", "ends an API token at once"),
    ];

    /// <summary>Runs the command.</summary>
    /// <param name="args">The command line behind the word.</param>
    /// <param name="create">The composition root.</param>
    /// <returns>0 when it was done, 1 when it cannot be, 2 when the command line is wrong.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, Func<string[], WebApplication> create)
    {
        var (arguments, problem) = TokenArguments.Parse(args);
        if (arguments is null)
            return await FailAsync(problem!, 2);
        await using var app = create([.. arguments.Settings]);
        if (ArgumentCheck.Problem(arguments.Settings, app.Services) is { } wrong)
            return await FailAsync(wrong, 2);
        try
        {
            var database = app.Services.GetRequiredService<IDatabase>();
            await database.MigrateAsync(
                TokenSchema.Migrations.Component,
                TokenSchema.Migrations.Migrations,
                CancellationToken.None
            );
            return await RunAsync(
                arguments,
                app.Services.GetRequiredService<TokenStore>(),
                app.Services.GetRequiredService<ServiceDescription>(),
                app.Services.GetRequiredService<TimeProvider>()
            );
        }
        catch (DbException e)
        {
            return await FailAsync($"The database does not answer: {e.Message} (Storage__ConnectionString)", 1);
        }
    }

    private static Task<int> RunAsync(
        TokenArguments arguments,
        TokenStore tokens,
        ServiceDescription service,
        TimeProvider time
    ) =>
        arguments.Action switch
        {
            "new" => NewAsync(arguments, tokens, service, time.GetUtcNow()),
            "list" => ListAsync(tokens, time.GetUtcNow()),
            _ => RevokeAsync(arguments, tokens),
        };

    // The token alone on the standard output, so that a script can take it; what is said about it beside.
    private static async Task<int> NewAsync(
        TokenArguments arguments,
        TokenStore tokens,
        ServiceDescription service,
        DateTimeOffset now
    )
    {
        var token = ApiTokenText.Create();
        var expires = now + arguments.Lifetime;
        var hash = ApiTokenText.Hash(token);
        if (!await tokens.AddAsync(arguments.Name, hash, arguments.Role, expires, CancellationToken.None))
            return await FailAsync(
                $"There is a token '{arguments.Name}' already. Choose another name, or end that one first: token revoke {arguments.Name}.",
                1
            );
        await Console.Error.WriteLineAsync(
            $"A token of {service.Name} with the role {arguments.Role.Name()}, "
                + (expires is null ? "without an end" : $"until {expires:u}")
                + ". It is shown this once; only its hash is kept."
        );
        Console.WriteLine(token);
        return 0;
    }

    private static async Task<int> ListAsync(TokenStore tokens, DateTimeOffset now)
    {
        string[][] rows =
        [
            ["NAME", "ROLE", "STATE", "MADE", "EXPIRES", "LAST USED"],
            .. (await tokens.ListAsync(CancellationToken.None)).Select(token => Row(token, now)),
        ];
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        foreach (var row in rows)
            Console.WriteLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        return 0;
    }

    private static string[] Row(ApiToken token, DateTimeOffset now) =>
        [
            token.Name,
            token.Role,
            token.RevokedAt is { } revoked ? $"revoked {Day(revoked)}"
            : token.ExpiresAt <= now.ToUnixTimeMilliseconds() ? "expired"
            : "valid",
            token.Origin == ApiToken.Configured ? $"{Day(token.CreatedAt)}, by setting" : Day(token.CreatedAt),
            token.ExpiresAt is { } expires ? Day(expires) : "never",
            token.LastUsedAt is { } used
                ? DateTimeOffset
                    .FromUnixTimeMilliseconds(used)
                    .ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)
                : "never",
        ];

    private static string Day(long milliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static async Task<int> RevokeAsync(TokenArguments arguments, TokenStore tokens)
    {
        if (!await tokens.RevokeAsync(arguments.Name, CancellationToken.None))
            return await FailAsync(
                $"There is no token '{arguments.Name}' that could be revoked. 'token list' lists them.",
                1
            );
        await Console.Error.WriteLineAsync($"'{arguments.Name}' is revoked: it is not taken any more.");
        return 0;
    }

    private static async Task<int> FailAsync(string problem, int code)
    {
        await Console.Error.WriteLineAsync(problem);
        return code;
    }
}
