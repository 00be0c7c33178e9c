using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Integration.Hosting;

/// <summary>Where a service listens is read by the server, which ends with a stack when it cannot.</summary>
internal static class UrlsCheck
{
    /// <summary>What is wrong with the addresses, with the way out; null when nothing is.</summary>
    public static string? Problem(IConfiguration configuration) =>
        configuration[WebHostDefaults.ServerUrlsKey]
            ?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .FirstOrDefault(url => !IsAddress(url))
            is { } wrong
            ? $"Urls has \"{wrong}\"; it must be http://ADDRESS:PORT, e.g. http://127.0.0.1:5100, or several of them joined by semicolons."
            : null;

    private static bool IsAddress(string url)
    {
        try
        {
            return BindingAddress.Parse(url) is { Scheme: "http" or "https", Port: >= 0 and <= 65535, PathBase: "" };
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
