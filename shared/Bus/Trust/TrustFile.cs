using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Integration.Bus;

/// <summary>Reads the file that the setting <c>Bus:TrustFile</c> names.</summary>
internal static partial class TrustFile
{
    private const string Setting = $"{BusOptions.Section}__{nameof(BusOptions.TrustFile)}";

    /// <exception cref="ArgumentException">It is not there or not as it should be; the message names setting and place.</exception>
    public static IReadOnlyDictionary<string, TrustedUser> Read(string path)
    {
        Content? content;
        try
        {
            content = JsonSerializer.Deserialize(File.ReadAllBytes(path), TrustJson.Default.Content);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw Wrong(path, $"cannot be read: {e.Message}");
        }
        catch (JsonException e)
        {
            throw Wrong(path, $"is not what it should be: {e.Message}");
        }

        if (content?.Users is not { Count: > 0 } users)
            throw Wrong(path, "names no users");
        foreach (var (name, user) in users)
            Check(path, name, user);
        foreach (var engine in users.SelectMany(user => user.Value.Engines).GroupBy(engine => engine))
        {
            if (engine.Count() > 1)
                throw Wrong(path, $"gives the engine '{engine.Key}' to several users; an engine is one user");
        }

        return users;
    }

    private static void Check(string path, string name, TrustedUser? user)
    {
        if (user is null)
            throw Wrong(path, $"has null for the user '{name}'; write {{}} for one that may speak for nothing");
        if (user is not { Operations: { } operations, Engines: { } engines, Asks: { } asks })
            throw Wrong(path, $"has null for a list of the user '{name}'; leave the list out");
        foreach (var prefix in operations.Where(prefix => !Prefix().IsMatch(prefix ?? "")))
            throw Wrong(path, $"lets '{name}' execute '{prefix}'; a prefix ends with a dot, e.g. rest.");
        foreach (
            var prefix in asks.Where(prefix => prefix != TrustedUser.Everything && !Prefix().IsMatch(prefix ?? ""))
        )
            throw Wrong(
                path,
                $"lets '{name}' ask for '{prefix}'; a prefix ends with a dot, e.g. rest., or is * for all"
            );
        foreach (var engine in engines.Where(engine => string.IsNullOrEmpty(engine) || engine.Contains('.')))
            throw Wrong(path, $"gives '{name}' the engine '{engine}'; its name must not be empty nor have a dot");
    }

    private static ArgumentException Wrong(string path, string what) =>
        new(
            $"{Setting}: '{path}' {what}. deploy/rabbitmq/definitions.sh --trust prints one; see docs/reference/trust.md.",
            nameof(path)
        );

    [GeneratedRegex(@"^[^\s*]+\.$", RegexOptions.None, 1000)]
    private static partial Regex Prefix();

    /// <summary>The whole file.</summary>
    internal sealed record Content(Dictionary<string, TrustedUser>? Users);
}

/// <summary>Unknown members are refused: a misspelt one would take trust away, or seem to give it.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    ReadCommentHandling = JsonCommentHandling.Skip
)]
[JsonSerializable(typeof(TrustFile.Content))]
internal sealed partial class TrustJson : JsonSerializerContext;
