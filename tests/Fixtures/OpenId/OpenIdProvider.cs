using System.Globalization;
using System.Net.Http.Json;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Integration.Fixtures;

/// <summary>
/// A real OpenID provider (OpenIddict) on loopback with keys of its own: it gives anybody who asks a JWT with whatever claims they
/// ask for.
/// </summary>
public sealed class OpenIdProvider : IAsyncDisposable
{
    private readonly WebApplication _app;
    private bool _away;

    private OpenIdProvider(WebApplication app)
    {
        _app = app;
        Authority = app.Urls.First();
    }

    /// <summary>Its address, as a service is configured with it.</summary>
    public string Authority { get; }

    /// <summary>Starts it.</summary>
    public static async Task<OpenIdProvider> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        // Whoever has asked for its keys keeps the connection; the end does not wait for them.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromMilliseconds(200));
        builder
            .Services.AddOpenIddict()
            .AddServer(server =>
            {
                server.SetTokenEndpointUris("connect/token");
                server.AllowClientCredentialsFlow();
                // Without a database of clients: who may have a token is decided below.
                server.EnableDegradedMode();
                // Keys of its own that cost nothing to make; the first encrypts nothing, as access tokens are not.
                server
                    .AddEncryptionKey(new SymmetricSecurityKey(RandomNumberGenerator.GetBytes(32)))
                    .AddEphemeralSigningKey(SecurityAlgorithms.EcdsaSha256)
                    .DisableAccessTokenEncryption();
                server.UseAspNetCore().DisableTransportSecurityRequirement();
                server.AddEventHandler<ValidateTokenRequestContext>(handler => handler.UseInlineHandler(_ => default));
                server.AddEventHandler<HandleTokenRequestContext>(handler =>
                    handler.UseInlineHandler(context =>
                    {
                        context.SignIn(Asked(context.Request));
                        return default;
                    })
                );
            });
        var app = builder.Build();
        await app.StartAsync();
        return new OpenIdProvider(app);
    }

    /// <summary>A JWT.</summary>
    /// <param name="subject">Whom it is about.</param>
    /// <param name="audience">Whom it is for.</param>
    /// <param name="claims">Further claims as JSON: texts, lists of texts, objects.</param>
    /// <param name="lifetime">How long it is valid, in seconds.</param>
    public async Task<string> TokenAsync(string subject, string audience, string claims = "{}", int lifetime = 600)
    {
        using var http = new HttpClient { BaseAddress = new Uri(Authority) };
        using var form = new FormUrlEncodedContent(
            new Dictionary<string, string>
            {
                ["grant_type"] = "client_credentials",
                ["client_id"] = subject,
                ["client_secret"] = "anything",
                ["asked_audience"] = audience,
                ["asked_claims"] = claims,
                ["asked_lifetime"] = $"{lifetime}",
            }
        );
        using var answer = await http.PostAsync(new Uri("connect/token", UriKind.Relative), form);
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString()!;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_away)
            return;
        _away = true;
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static ClaimsPrincipal Asked(OpenIddictRequest request)
    {
        var identity = new ClaimsIdentity("asked");
        identity.SetClaim(Claims.Subject, request.ClientId);
        foreach (var claim in JsonElement.Parse(Given(request, "asked_claims")).EnumerateObject())
        {
            if (claim.Value.ValueKind == JsonValueKind.String)
                identity.SetClaim(claim.Name, claim.Value.GetString());
            else if (claim.Value.ValueKind == JsonValueKind.Array)
                identity.SetClaims(claim.Name, [.. claim.Value.EnumerateArray().Select(one => one.GetString()!)]);
            else
                identity.SetClaim(claim.Name, claim.Value);
        }

        identity.SetDestinations(_ => [Destinations.AccessToken]);
        var principal = new ClaimsPrincipal(identity);
        principal.SetResources(Given(request, "asked_audience"));
        principal.SetAccessTokenLifetime(
            TimeSpan.FromSeconds(int.Parse(Given(request, "asked_lifetime"), CultureInfo.InvariantCulture))
        );
        return principal;
    }

    private static string Given(OpenIddictRequest request, string name) => (string?)request[name] ?? "";
}
