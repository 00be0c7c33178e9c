using System.Text;
using System.Text.RegularExpressions;
using Integration.Soap.Mapping;

namespace Integration.Soap.Answers;

/// <summary>
/// The encoding that the XML declaration of an answer names. The framework would find it by itself, and put other characters in the place
/// of bytes that do not fit it.
/// </summary>
internal static partial class DeclaredEncoding
{
    // Longer than any declaration.
    private const int StartBytes = 256;

    /// <summary>Looks at the start.</summary>
    /// <param name="xml">The answer.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The answer from its start on, and the encoding; null for one of Unicode, which the framework reads strictly, or for none.</returns>
    public static async Task<(Stream Xml, string? Name)> FindAsync(Stream xml, CancellationToken cancellation)
    {
        var start = new byte[StartBytes];
        var length = await xml.ReadAtLeastAsync(start, StartBytes, throwOnEndOfStream: false, cancellation);
        var whole = new ElementStream(
            start.AsMemory(0, length),
            (buffer, offset, count) => xml.ReadAsync(buffer.AsMemory(offset, count), cancellation).AsTask()
        );
        var found = Declaration().Match(Encoding.ASCII.GetString(start, 0, length));
        var name = found.Success ? found.Groups["name"].Value : null;
        return (whole, name?.StartsWith("utf", StringComparison.OrdinalIgnoreCase) == true ? null : name);
    }

    [GeneratedRegex(
        """^<\?xml\s[^>]*?encoding\s*=\s*["'](?<name>[A-Za-z][A-Za-z0-9._\-]*)["']""",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Declaration();
}
