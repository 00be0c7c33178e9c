using System.Text.RegularExpressions;
using Amazon.S3.Model;
using Integration.Errors;

namespace Integration.S3;

/// <summary>Metadata of objects: what processes set, and the hash that we add so that it is checked when they are read.</summary>
internal static partial class ObjectMetadata
{
    /// <summary>The SHA-256 of the content, as 64 hexadecimal digits.</summary>
    public const string Sha256 = "integration-sha256";

    private const string Prefix = "x-amz-meta-";
    private const int Longest = 2_048;

    public static Dictionary<string, string> Checked(IReadOnlyDictionary<string, string>? metadata)
    {
        var result = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in metadata ?? new Dictionary<string, string>())
        {
            if (!Name().IsMatch(name))
                throw InvalidInput.At(
                    $"metadata.{name}",
                    "has a name that is not made of lower case letters, digits and hyphens."
                );
            if (name.StartsWith("integration-", StringComparison.Ordinal))
                throw InvalidInput.At(
                    $"metadata.{name}",
                    "has a name that begins with 'integration-'; such names are reserved."
                );
            if (!Value().IsMatch(value))
                throw InvalidInput.At(
                    $"metadata.{name}",
                    "must be plain ASCII text; encode what is not, e.g. as base64."
                );
            result[name] = value;
        }

        return result.Sum(entry => entry.Key.Length + entry.Value.Length) <= Longest
            ? result
            : throw InvalidInput.At("metadata", $"has more than {Longest} characters in names and values together.");
    }

    /// <summary>What processes see.</summary>
    public static Dictionary<string, string> Of(MetadataCollection metadata) =>
        metadata
            .Keys.Select(key => (Name: key[Prefix.Length..].ToLowerInvariant(), Value: metadata[key]))
            .Where(entry => entry.Name != Sha256)
            .ToDictionary(entry => entry.Name, entry => entry.Value, StringComparer.Ordinal);

    /// <summary>The hash that was stored with an object, if any.</summary>
    public static string? Sha256Of(MetadataCollection metadata) =>
        metadata[Sha256] is { Length: 64 } hash ? hash : null;

    [GeneratedRegex(@"^[a-z0-9][a-z0-9-]*\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Name();

    [GeneratedRegex(@"^([!-~]([ -~]*[!-~])?)?\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Value();
}
