using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.Hosting;

/// <summary>A token for a program that runs a service within its own process.</summary>
public static class OwnToken
{
    /// <summary>
    /// A new administrator's token of a service that has started; null when the service does not ask who calls. The one before it
    /// under the same name is revoked.
    /// </summary>
    /// <param name="app">The service.</param>
    /// <param name="name">What histories name it.</param>
    /// <param name="cancellation">Cancels the call.</param>
    public static async Task<string?> OwnTokenAsync(
        this WebApplication app,
        string name,
        CancellationToken cancellation
    )
    {
        ArgumentNullException.ThrowIfNull(app);
        if (!await app.Services.GetRequiredService<OpenDoor>().CanAskAsync(cancellation))
            return null;
        var tokens = app.Services.GetRequiredService<TokenStore>();
        var token = ApiTokenText.Create();
        await tokens.RevokeAsync(name, cancellation);
        await tokens.AddAsync(name, ApiTokenText.Hash(token), ApiRole.Administrator, expires: null, cancellation);
        return token;
    }
}
