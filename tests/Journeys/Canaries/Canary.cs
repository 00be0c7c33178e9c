using System.Text;

namespace Integration.Journeys.Tests;

/// <summary>
/// A secret that is found again in whatever form it left: as it is, escaped, in hexadecimal, or in base64 together with what
/// stood before it.
/// </summary>
public sealed class Canary
{
    private readonly byte[][] _traces;

    /// <param name="place">Where it is planted, for messages.</param>
    public Canary(string place)
    {
        Place = place;
        // No form of escaping changes letters and digits.
        var core = $"CANARY{Guid.NewGuid():N}"[..22];
        Value = $"{core}/+\"<&";
        Plain = core;
        _traces =
        [
            .. new[]
            {
                core,
                Hex(core),
                Hex(core).ToLowerInvariant(),
                Base64(core, 0),
                Base64(core, 1),
                Base64(core, 2),
            }.Select(Encoding.ASCII.GetBytes),
        ];
    }

    public string Place { get; }

    /// <summary>With characters that most formats escape.</summary>
    public string Value { get; }

    /// <summary>The same without them, for places that take none.</summary>
    public string Plain { get; }

    /// <summary>Whether something tells it.</summary>
    public bool IsIn(ReadOnlySpan<byte> bytes)
    {
        foreach (var trace in _traces)
        {
            if (bytes.IndexOf(trace) >= 0)
                return true;
        }

        return false;
    }

    private static string Hex(string text) => Convert.ToHexString(Encoding.ASCII.GetBytes(text));

    /// <summary>The characters that depend on nothing around it, when so many bytes of a group of three stand before.</summary>
    private static string Base64(string text, int before)
    {
        var bytes = new byte[before]
            .Concat(Encoding.ASCII.GetBytes(text))
            .ToArray();
        var first = ((before * 8) + 5) / 6;
        var end = bytes.Length * 8 / 6;
        return Convert.ToBase64String(bytes)[first..end];
    }
}
